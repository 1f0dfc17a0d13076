using System.Globalization;

namespace FastRnn.Interchange.Networks;

/// <summary>A network in words, a line a layer: for the certificate and the command line.</summary>
internal static class NetworkText
{
    /// <summary>Input, layers, output.</summary>
    public static IReadOnlyList<string> Lines(Network network)
    {
        var signature = network.Signature;
        List<string> lines = [$"input '{signature.Input.Name}' [{string.Join(", ", signature.Input.Axes)}]{Extra(signature)}"];
        lines.AddRange(signature.Unused.Select(u => $"input '{u.Name}' {u.ShapeText()}: read by nothing"));
        lines.AddRange(network.Layers.Select(Line));
        lines.Add($"output '{signature.Output.Name}' [{string.Join(", ", signature.Output.Axes)}]"
            + string.Concat(signature.FinalStates.Select(s => $", last states '{s.Name}'")));
        return lines;
    }

    private static string Line(NetworkLayer layer) => layer switch
    {
        EmbeddingLayer e => $"{e.Name}: embedding of {N(e.Table.Rows)} tokens, {N(e.Table.Columns)} numbers each",
        RecurrentLayer r => $"{r.Name}: {r.Kind.ToString().ToUpperInvariant()} {N(r.InputSize)} -> {N(r.HiddenSize)}{Dialect(r)}",
        DenseLayer d =>
            $"{d.Name}: dense {N(d.Weight.Columns)} -> {N(d.Weight.Rows)}{(d.Bias.Count == 0 ? " without bias" : "")}{Then(d.Function)}",
        FunctionLayer f => $"{f.Name}: {f.Function.Kind}",
        SoftmaxLayer s => $"{s.Name}: {(s.IsLog ? "log-softmax" : "softmax")}",
        PoolLayer p => $"{p.Name}: {p.Pooling.ToString().ToLowerInvariant()} of the steps",
        SkipLayer s => $"{s.Name}: the input added (skip)",
        ScaleLayer s => $"{s.Name}: times {s.Factor.ToString("R", CultureInfo.InvariantCulture)}",
        _ => layer.Name,
    };

    private static string Dialect(RecurrentLayer layer)
    {
        List<string> words = [];
        if (layer.Directions.Count == 2)
            words.Add($"bidirectional, {layer.Merge.ToString().ToLowerInvariant()}");
        if (layer.Directions is [{ Backward: true }])
            words.Add("backward");
        var first = layer.Directions[0];
        if (first.Projection is { } p)
            words.Add($"projection {N(p.Rows)}");
        if (first.Gates.Any(g => g.Peephole is not null))
            words.Add("peepholes");
        if (layer.Clip is { } clip)
            words.Add($"clip {clip.ToString("R", CultureInfo.InvariantCulture)}");
        if (layer.CouplesInputAndForget)
            words.Add("f = 1 - i");
        if (layer.Kind == RecurrentKind.Gru)
            words.Add(layer.ResetsAfterProduct ? "reset after the product" : "reset before the product");
        if (layer.Directions.Any(d => d.FirstHidden is not null || d.FirstCell is not null))
            words.Add("first states of the file");
        string[] functions = layer.Kind switch
        {
            RecurrentKind.Lstm => [Name(first.GateFunction), Name(first.CandidateFunction), Name(first.OutputFunction)],
            RecurrentKind.Gru => [Name(first.GateFunction), Name(first.CandidateFunction)],
            _ => [Name(first.GateFunction)],
        };
        words.Add(string.Join(", ", functions));
        return $" ({string.Join("; ", words)})";
    }

    private static string Extra(Signature signature) =>
        (signature.Lengths is { } lengths ? $", lengths '{lengths.Name}'" : "")
        + string.Concat(signature.FirstStates.Select(s => $", first states '{s.Name}'"))
        + (signature.SampleRate is { } rate ? $", {rate.ToString("R", CultureInfo.InvariantCulture)} samples a second" : "")
        + (signature.MaskToken is { } token ? $", token {N(token)} is masked" : "")
        + (signature.MaskValue is { } value ? $", steps of {value.ToString("R", CultureInfo.InvariantCulture)} are masked" : "");

    private static string Then(FunctionUse function) => function.Kind == FunctionKind.Identity ? "" : ", " + Name(function);

    private static string Name(FunctionUse function) => function.Kind.ToString().ToLowerInvariant();

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
