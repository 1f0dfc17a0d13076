using FastRnn.Cli.Models;
using FastRnn.CompilerServices;
using FastRnn.Files;

namespace FastRnn.Cli.Folders;

/// <summary>Prints what a model consists of and what a step costs.</summary>
internal sealed class InfoTask(ModelFolder folder, Terminal terminal) : IByteModelTask<int>
{
    public int Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        var info = TModel.Info;
        using var model = folder.Load<TModel>(out var texts);
        var steps = texts.GetValueOrDefault("fastrnn.run.steps", "unknown");
        var text = texts.GetValueOrDefault("fastrnn.run.text", "FastRnn's own sources");
        terminal.Line($"{folder.Path}: {info.Name}, step {steps}, text {text}");
        terminal.Line($"");
        Row("layer", "shape", "parameters", "bytes", "multiply-adds");
        Row("embedding", FormattableString.Invariant($"{info.Vocabulary} -> {info.InputSize}"), info.EmbeddingParameters, 0);
        foreach (var layer in info.Layers)
        {
            var shape = FormattableString.Invariant($"{layer.InputSize} -> {layer.OutputSize}");
            Row(Name(layer).ToLowerInvariant(), shape, layer.ParameterCount, layer.MultiplyAdds);
            foreach (var group in layer.Parameters.GroupBy(Shape))
            {
                terminal.Line($"  {group.Key,-12} {string.Join(", ", group.Select(parameter => parameter.Name))}");
            }
        }

        var all = FormattableString.Invariant($"{info.Vocabulary} -> {info.OutputSize}");
        Row("all", all, info.ParameterCount, info.Layers.Sum(layer => layer.MultiplyAdds));
        terminal.Line($"");
        terminal.Line($"Bytes are those in single precision; {Types()}.");
        terminal.Line($"Multiply-adds are those of one step of one stream.");
        return ExitCodes.Success;
    }

    /// <summary>What the file holds.</summary>
    private string Types()
    {
        using var file = SafeTensorsReader.Open(folder.ModelPath);
        var types = string.Join(", ", file.Tensors.Select(tensor => tensor.Type).Distinct());
        return FormattableString.Invariant($"the file has {new FileInfo(folder.ModelPath).Length:n0}, tensors are {types}");
    }

    /// <summary>A cell's without its namespace.</summary>
    private static string Name(LayerInfo layer) => layer.IsRecurrent ? layer.Cell[(layer.Cell.LastIndexOf('.') + 1)..] : "dense";

    private static string Shape(ParameterInfo parameter) => parameter.IsVector
        ? FormattableString.Invariant($"[{parameter.Rows}]")
        : FormattableString.Invariant($"[{parameter.Rows}, {parameter.Columns}]");

    private void Row(string layer, string shape, int parameters, long multiplyAdds) =>
        terminal.Line($"{layer,-10} {shape,-12} {parameters,12:n0} {(long)parameters * sizeof(float),12:n0} {multiplyAdds,14:n0}");

    private void Row(string layer, string shape, string parameters, string bytes, string multiplyAdds) =>
        terminal.Line($"{layer,-10} {shape,-12} {parameters,12} {bytes,12} {multiplyAdds,14}");
}
