using FastRnn.Data;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Running;

/// <summary>The sequences of a file's input, without padding and masked steps, one behind the other.</summary>
internal sealed class SequenceInput
{
    private readonly bool[] present;
    private readonly int[] lengths;

    /// <summary>Reads and checks the input and the lengths.</summary>
    public SequenceInput(Signature signature, ModelInfo info, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var name = signature.Input.Name;
        var tensor = inputs.GetValueOrDefault(name) ?? throw new ForeignFileException($"input '{name}' is missing");
        var axes = PortAxes.Of(name, signature.Input.Axes, tensor);
        (Batch, Time) = (axes.Size(Axis.Batch), axes.Size(Axis.Time));
        if (Batch == 0)
            throw new ForeignFileException($"'{name}': expected at least one sequence, got the shape {tensor.ShapeText()}");
        if (signature.Steps is { } steps && Time != steps)
            throw new ForeignFileException($"'{name}': the file allows {steps} steps only, got {Time}");
        if (signature.Batch is { } batch && Batch != batch)
            throw new ForeignFileException($"'{name}': the file allows {batch} sequences only, got {Batch}");
        var isTokens = info.Vocabulary > 0;
        if (!isTokens && axes.Size(Axis.Feature) != info.InputSize)
            throw new ForeignFileException($"'{name}': expected {info.InputSize} numbers a step, got the shape {tensor.ShapeText()}");

        lengths = Lengths(signature, inputs);
        present = new bool[Batch * Time];
        var size = isTokens ? 1 : info.InputSize;
        var (x, tokens) = (new float[isTokens ? 0 : present.Length * size], new int[isTokens ? present.Length : 0]);
        for (var i = 0; i < present.Length; i++)
        {
            var (b, t) = (i / Time, i % Time);
            present[i] = t < lengths[b] && !IsMasked(signature, info, tensor, axes, b, t);
            if (!present[i])
                continue;
            if (isTokens)
                tokens[i] = Token(name, tensor.Values[axes.Index(b, t)], info.Vocabulary);
            for (var k = 0; k < size && !isTokens; k++)
                x[(i * size) + k] = Number(name, tensor.Values[axes.Index(b, t, k)]);
        }

        if (present.Contains(true))
            Read = isTokens ? MaskedBatch.OfTokens(tokens, Time, present) : MaskedBatch.OfVectors(x, size, Time, present);
    }

    /// <summary>Sequences of the file's input, empty ones included.</summary>
    public int Batch { get; }

    /// <summary>Steps of the file's input.</summary>
    public int Time { get; }

    /// <summary>The steps that are read; null if there is none.</summary>
    public MaskedBatch? Read { get; }

    /// <summary>The sequences that have steps, by their place in the batch.</summary>
    public ReadOnlySpan<int> Sequences => Read is null ? [] : Read.Sequences;

    /// <summary>Whether a step is read.</summary>
    public bool Reads(int batch, int step) => present[(batch * Time) + step];

    /// <summary>Whether a step lies inside of its sequence, masked steps counted.</summary>
    public bool IsInside(int batch, int step) => step < lengths[batch];

    private int[] Lengths(Signature signature, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (signature.Lengths is not { } port)
            return [.. Enumerable.Repeat(Time, Batch)];
        var tensor = inputs.GetValueOrDefault(port.Name) ?? throw new ForeignFileException($"input '{port.Name}' is missing");
        if (tensor.Count != Batch)
            throw new ForeignFileException($"'{port.Name}': expected one length for each of {Batch} sequences, got {tensor.ShapeText()}");
        return
        [
            .. tensor.Values.Select(v => v >= 0 && v <= Time && v == Math.Floor(v)
                ? (int)v
                : throw new ForeignFileException($"'{port.Name}': expected lengths of 0 to {Time}, got {v}")),
        ];
    }

    private static bool IsMasked(Signature signature, ModelInfo info, Tensor tensor, PortAxes axes, int b, int t)
    {
        if (signature.MaskToken is { } token)
            return tensor.Values[axes.Index(b, t)] == token;
        if (signature.MaskValue is not { } value)
            return false;
        for (var k = 0; k < info.InputSize; k++)
        {
            if (tensor.Values[axes.Index(b, t, k)] != value)
                return false;
        }

        return true;
    }

    private static int Token(string name, double value, int vocabulary) => value >= 0 && value < vocabulary && value == Math.Floor(value)
        ? (int)value
        : throw new ForeignFileException($"'{name}': expected tokens of 0 to {vocabulary - 1}, got {value}");

    private static float Number(string name, double value) => float.IsFinite((float)value)
        ? (float)value
        : throw new ForeignFileException($"'{name}': expected finite numbers, got {value}");
}
