using System.CommandLine;

using FastRnn.Cli.Exports;
using FastRnn.Cli.Imports;
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
        }.NotEmpty();
        var output = new Option<string>("--output")
        {
            Required = true,
            Description = "The safetensors file to write: 'output.' and the names.",
        }.NotEmpty();
        var command = new Command("run", $"Runs a model on tensors. {ImportedFolder.Warning}") { model, input, output };
        command.SetAction(parsed =>
        {
            try
            {
                using var loaded = LoadedModel.Open(parsed.GetRequiredValue(model));
                return TensorRun.Run(loaded, parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), terminal);
            }
            catch (ForeignFileException e)
            {
                throw CommandException.Failed(e.Message);
            }
        });
        return command;
    }
}
