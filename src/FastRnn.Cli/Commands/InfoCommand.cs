using System.CommandLine;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Tables;

namespace FastRnn.Cli.Commands;

/// <summary><c>info DIR</c>.</summary>
internal static class InfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The directory of a trained model." }.NoOption();
        var command = new Command("info", $"Shows layers, shapes and costs of a trained model. {ImportedFolder.Warning}") { folder };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            if (TableFiles.IsModel(path))
                return new TableInfoTask(path, terminal).Run();
            var from = new ModelFolder(path);
            return from.Run(new InfoTask(from, terminal));
        });
        return command;
    }
}
