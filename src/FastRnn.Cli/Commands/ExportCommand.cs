using System.CommandLine;

using FastRnn.Cli.Exports;
using FastRnn.Cli.Imports;
using FastRnn.Interchange;
using FastRnn.Interchange.Export;

namespace FastRnn.Cli.Commands;

/// <summary><c>export MODEL --onnx FILE | --pytorch FILE | --safetensors FILE</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "The folder of an imported or a trained model." }.NoOption();
        var onnx = new Option<string>("--onnx")
        {
            Description = "The ONNX file to write: opset 17, input x [T, B, I] or tokens [T, B], output y.",
        }.NotEmpty();
        var pytorch = new Option<string>("--pytorch")
        {
            Description = "The Python script to write: it builds the model of torch.nn and loads the weights.",
        }.NotEmpty();
        var safetensors = new Option<string>("--safetensors")
        {
            Description = "The file of weights to write, for Load and [Weights]; --format says how matrices are stored.",
        }.NotEmpty();
        var format = new Option<WeightFormat>("--format")
        {
            Description = "safetensors: float32, bfloat16 (half of the bytes) or int8 (a quarter; a scale for each row).",
        };
        format.AcceptOnlyFromAmong("float32", "bfloat16", "int8");
        var batchFirst = new Option<bool>("--batch-first") { Description = "ONNX: sequences are [B, T, ...]." };
        var states = new Option<bool>("--states")
        {
            Description = "ONNX: first states are inputs (h0_l0, ...), last ones outputs (hn_l0, ...), for streams.",
        };
        var command = new Command("export", $"Writes a model for other tools. {ImportedFolder.Warning}")
        {
            model, onnx, pytorch, safetensors, format, batchFirst, states,
        };
        command.SetAction(parsed =>
        {
            var options = new OnnxExportOptions { BatchFirst = parsed.GetValue(batchFirst), States = parsed.GetValue(states) };
            var folder = parsed.GetRequiredValue(model);
            try
            {
                return (parsed.GetValue(onnx), parsed.GetValue(pytorch), parsed.GetValue(safetensors)) switch
                {
                    (_, _, null) when parsed.GetResult(format) is { Implicit: false } =>
                        throw CommandException.Usage("--format is for --safetensors"),
                    ({ } file, null, null) => ExportJob.Onnx(folder, file, options, terminal),
                    (null, { } script, null) when IsPlain() => ExportJob.PyTorch(folder, script, terminal),
                    (null, null, { } file) when IsPlain() => ExportJob.SafeTensors(folder, file, parsed.GetValue(format), terminal),
                    (null, { }, null) or (null, null, { }) => throw CommandException.Usage("--batch-first and --states are for --onnx"),
                    _ => throw CommandException.Usage("expected one of --onnx FILE, --pytorch FILE and --safetensors FILE"),
                };

                bool IsPlain() => options == new OnnxExportOptions();
            }
            catch (ForeignFileException e)
            {
                throw CommandException.Failed(e.Message);
            }
        });
        return command;
    }
}
