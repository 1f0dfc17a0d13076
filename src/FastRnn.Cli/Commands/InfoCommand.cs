using System.CommandLine;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;

namespace FastRnn.Cli.Commands;

/// <summary><c>info DIR</c>.</summary>
internal static class InfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The directory of a trained model." }.NoOption();
        var command = new Command("info", $"Shows layers, shapes and costs of a trained model. {ExitCodes.Help}") { folder };
        command.SetAction(parsed =>
        {
            var from = new ModelFolder(parsed.GetRequiredValue(folder));
            return ByteModels.Run(from.ReadConfiguration().Cell, new InfoTask(from, terminal));
        });
        return command;
    }
}
