using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Running;

/// <summary>Whether a signature that stands in a file can be that of a model: a file may have been changed, and every number of it is an
/// index later.</summary>
internal static class SignatureCheck
{
    private static readonly Axis[] OfSequences = [Axis.Batch, Axis.Time, Axis.Feature, Axis.One];
    private static readonly Axis[] OfStates = [Axis.Batch, Axis.Slice, Axis.Feature, Axis.One];

    /// <summary>What does not fit; null if all does.</summary>
    public static string? Problem(Signature signature, ModelInfo info)
    {
        var kernels = info.Layers.Where(l => l.IsRecurrent).ToList();
        // Where the kernels of each layer begin: one of two directions has two.
        var first = new List<int>();
        var directions = 0;
        foreach (var isBidirectional in signature.Bidirectional)
        {
            first.Add(directions);
            directions += isBidirectional ? 2 : 1;
        }

        StatePort[] states = [.. signature.FirstStates, .. signature.FinalStates];
        TensorPort[] ports = [signature.Input, signature.Output];
        if (ports.Any(p => p is null || !Fits(p.Axes, OfSequences)) || !ports[0].Axes.Contains(Axis.Time))
            return "axes of the input or the output";
        if (info.Vocabulary > 0 == signature.Input.Axes.Contains(Axis.Feature))
            return "the input, tokens or numbers";
        if (states.Length > 0 && directions != kernels.Count)
            return $"{directions} directions of recurrent layers, {kernels.Count} in the model";
        foreach (var port in states)
        {
            if (port is null || !Fits(port.Axes, OfStates) || port.Slices.Count == 0 || port.Slices.Any(s => !IsThere(s)))
                return $"the state '{port?.Name}'";
            if (port.Slices.Count > 1 && !port.Axes.Contains(Axis.Slice))
                return $"{port.Slices.Count} states '{port.Name}' without an axis for them";
        }

        if (signature.MaskedOutput is { } masked && masked.Count != info.OutputSize)
            return $"{masked.Count} numbers of a masked output, {info.OutputSize} of the model's";
        var inputs = signature.FirstStates.Select(s => s.Name).Append(signature.Input.Name);
        if (signature.Lengths is { } lengths)
            inputs = inputs.Append(lengths.Name);
        var outputs = signature.FinalStates.Select(s => s.Name).Append(signature.Output.Name);
        return HasTwice(inputs) || HasTwice(outputs) ? "a name that stands there twice" : null;

        bool IsThere(StateSlice? slice)
        {
            if (slice is null || slice.Layer < 0 || slice.Layer >= first.Count || (slice.Backward && !signature.Bidirectional[slice.Layer]))
                return false;
            return kernels[first[slice.Layer] + (slice.Backward ? 1 : 0)].States.Count > (slice.IsCell ? 1 : 0);
        }
    }

    // Each axis once, but those of size 1.
    private static bool Fits(IReadOnlyList<Axis> axes, Axis[] allowed) =>
        axes.All(a => allowed.Contains(a)) && axes.Where(a => a != Axis.One).Distinct().Count() == axes.Count(a => a != Axis.One);

    private static bool HasTwice(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Distinct(StringComparer.Ordinal).Count() != all.Count;
    }
}
