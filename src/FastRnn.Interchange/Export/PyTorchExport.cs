using System.Text;

using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>Writes a Python script that builds a model of torch.nn and loads a file of FastRnn's weights into it, each tensor exactly
/// once.</summary>
public static class PyTorchExport
{
    private static readonly string[] Taken = ["torch", "nn", "load_file", "load", "NAMES", "WEIGHTS", "Path"];

    /// <summary>The script.</summary>
    /// <param name="info">The model.</param>
    /// <param name="weightsFile">The safetensors file that is loaded where nothing else is said, from the script's folder on.</param>
    /// <exception cref="ForeignFileException">The model has what torch.nn has not: the message names all of it.</exception>
    public static string Write(ModelInfo info, string weightsFile) => Write(info, weightsFile, _ => null);

    /// <summary>The script, with the equations of a cell by its full name, for cells that are no module of torch.nn: they become modules
    /// that loop over the steps. Null where they are not to be had.</summary>
    internal static string Write(ModelInfo info, string weightsFile, Func<string, CellEquations?> equations)
    {
        var classes = new PythonNames(Taken);
        var name = classes.New(info.Name);
        var target = new PyTorchTarget(info, equations, classes);
        var y = new WiringWalk(info, target).Run();
        y += info.SoftmaxOutput ? ".softmax(-1)" : info.LogSoftmaxOutput ? ".log_softmax(-1)" : "";
        var (arguments, input) = info.Input switch
        {
            InputKind.Vector => ("x", $"x [T, B, {info.InputSize}]"),
            InputKind.Mixed when info.VectorSize > 0 => ("x, tokens", $"x [T, B, {info.VectorSize}], tokens [T, B, {info.TokenCount}]"),
            InputKind.Mixed => ("tokens", $"tokens [T, B, {info.TokenCount}]"),
            _ => ("x", "x [T, B], tokens"),
        };
        var output = $"[{(info.OutputDomain == TimeDomain.Single ? "" : "T, ")}B, {info.OutputSize}]";

        var text = new StringBuilder();
        text.AppendLine($"# {info.Name}, written by FastRnn {OnnxExport.Version}: model = load().");
        text.AppendLine("from pathlib import Path").AppendLine();
        text.AppendLine("import torch").AppendLine("from safetensors.torch import load_file").AppendLine("from torch import nn");
        text.AppendLine().AppendLine($"WEIGHTS = Path(__file__).parent / \"{Literal(weightsFile)}\"");
        text.AppendLine().AppendLine("# The tensors of the file, and what they are called here.").AppendLine("NAMES = {");
        foreach (var (file, module) in target.Names)
            text.AppendLine($"    \"{file}\": \"{module}\",");
        text.AppendLine("}").AppendLine().AppendLine();
        foreach (var cell in target.Cells)
            text.AppendLine(cell).AppendLine();
        text.AppendLine($"class {name}(nn.Module):").AppendLine("    def __init__(self):").AppendLine("        super().__init__()");
        foreach (var module in target.Modules)
            text.AppendLine("        " + module);
        text.AppendLine().AppendLine($"    def forward(self, {arguments}):").AppendLine($"        \"\"\"{input}; y {output}.\"\"\"");
        foreach (var statement in target.Statements)
            text.AppendLine("        " + statement);
        text.AppendLine($"        return {y}").AppendLine().AppendLine();
        text.AppendLine("def load(path=WEIGHTS):");
        text.AppendLine("    \"\"\"The model with a file's weights; a tensor too many or too few is an error.\"\"\"");
        text.AppendLine($"    model = {name}()");
        text.AppendLine("    model.load_state_dict({NAMES[name]: tensor for name, tensor in load_file(path).items()}, strict=True)");
        text.AppendLine("    return model.eval()");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Literal(string text) =>
        string.Concat(text.Select(c => c is '"' or '\\' ? "\\" + c : char.IsControl(c) ? "?" : c.ToString()));
}
