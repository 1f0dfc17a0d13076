using System.CommandLine;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Imports;
using FastRnn.Cli.Models;
using FastRnn.Interchange;

namespace FastRnn.Cli.Commands;

/// <summary><c>run MODEL --input IN --output OUT</c>.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "The folder of an imported or a trained model." }.NoOption();
        var input = new Option<string>("--input")
        {
            Required = true,
            Description = "Tensors (safetensors) by the names of the original file, with or without 'input.' before them, in its layout.",
        };
        var output = new Option<string>("--output")
        {
            Required = true,
            Description = "The safetensors file to write: 'output.' and the names.",
        };
        var command = new Command("run", $"Runs a model on tensors. {ExitCodes.Help}") { model, input, output };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), terminal);
            }
            catch (ForeignFileException e)
            {
                throw CommandException.Failed(e.Message);
            }
        });
        return command;
    }

    private static int Run(string path, string input, string output, Terminal terminal)
    {
        var folder = new ModelFolder(path);
        if (!Directory.Exists(path) || File.Exists(folder.ConfigurationPath))
            return ByteModels.Run(folder.ReadConfiguration().Cell, new TrainedRun(folder, input, output, terminal));
        using var imported = new ImportedFolder(path);
        return TensorRun.Run(imported.Signature, imported.Model, input, output, terminal);
    }
}
