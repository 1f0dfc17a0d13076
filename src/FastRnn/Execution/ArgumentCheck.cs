using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The checks at the public door: said once, with what was expected and what came. Behind it pointers are raw.</summary>
internal static class ArgumentCheck
{
    public static void Vectors(ModelInfo info)
    {
        if (info.TokenCount > 0)
        {
            throw new InvalidOperationException(
                info.VectorSize > 0 ? Both(info)
                : info.TokenCount > 1 ? $"{info.Name} reads {info.TokenCount} tokens a step, not vectors: pass integers."
                : $"{info.Name} reads tokens (0 to {info.Vocabulary - 1}), not vectors: pass integers.");
        }
    }

    public static void Tokens(ModelInfo info)
    {
        if (info.VectorSize > 0)
        {
            throw new InvalidOperationException(
                info.TokenCount > 0 ? Both(info)
                : $"{info.Name} reads vectors of {info.InputSize} numbers, not tokens, and whole numbers are tokens: "
                    + $"write [1f, 2f, 3f] for a vector. A label is a name, not a number: declare [Embedding] or [OneHot].");
        }
    }

    /// <summary>Vectors beside tokens.</summary>
    public static void VectorsAndTokens(ModelInfo info)
    {
        if (info.VectorSize == 0)
        {
            Vectors(info);
        }

        if (info.TokenCount == 0)
        {
            Tokens(info);
        }
    }

    /// <summary>A batch whose steps can be counted: the numbers of one step in any buffer, and the positions of all steps, fit an
    /// <see cref="int"/>.</summary>
    public static void Batch(ModelInfo info, int batch, int steps, string name)
    {
        var row = Math.Max(Padding.RoundUp(info.InputSize), Numbers.Max(
            info.Layers, l => Math.Max(Padding.RoundUp(l.OutputSize), Numbers.Max(l.States, s => s.PaddedSize))));
        var largest = int.MaxValue / Math.Max(row, steps);
        if (batch > largest)
        {
            throw new ArgumentOutOfRangeException(name, batch, string.Create(
                CultureInfo.InvariantCulture, $"{info.Name}: expected a batch of 1 to {largest} rows for {steps} steps, got {batch}."));
        }
    }

    public static void Length(int got, long expected, string name, string shape)
    {
        if (got != expected)
        {
            ThrowLength(got, expected, name, shape);
        }
    }

    /// <summary>T of a span of <c>T x step</c> elements.</summary>
    public static int Steps(int length, int step, string name, string shape)
    {
        if (length % step != 0)
        {
            ThrowSteps(length, step, name, shape);
        }

        return length / step;
    }

    /// <summary>T of a span of <c>T x step</c> elements, from 1 to <paramref name="maxSteps"/>.</summary>
    public static int Steps(int length, int step, int maxSteps, string name, string shape)
    {
        var steps = Steps(length, step, name, shape);
        if (steps < 1 || steps > maxSteps)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} {shape}: expected 1 to {maxSteps} steps, got {steps}."), name);
        }

        return steps;
    }

    /// <summary>The tokens of some steps, <c>[T, B, K]</c>.</summary>
    public static void Vocabulary(ReadOnlySpan<int> tokens, ModelInfo info, string name, int batch)
    {
        if (info.Input != InputKind.Mixed)
        {
            Vocabulary(tokens, info.Vocabulary, name, batch);
            return;
        }

        var (count, k) = (info.TokenCount, 0);
        for (var i = 0; i < info.Inputs.Count; i++)
        {
            var vocabulary = info.Inputs[i].Vocabulary;
            for (var at = k; vocabulary > 0 && at < tokens.Length; at += count)
            {
                if ((uint)tokens[at] >= (uint)vocabulary)
                {
                    throw new ArgumentOutOfRangeException(name, tokens[at], string.Create(CultureInfo.InvariantCulture,
                        $"Step {at / count / batch}, row {at / count % batch}, token {k} (input {i} of {info.Name}): "
                            + $"expected a token from 0 to {vocabulary - 1}, got {tokens[at]}."));
                }
            }

            k += vocabulary > 0 ? 1 : 0;
        }
    }

    public static void Vocabulary(ReadOnlySpan<int> tokens, int vocabulary, string name, int batch)
    {
        var index = tokens.IndexOfAnyExceptInRange(0, vocabulary - 1);
        if (index >= 0)
        {
            ThrowToken(tokens[index], index, vocabulary, name, batch);
        }
    }

    /// <summary>The length of a state's vector.</summary>
    public static int State(ModelInfo info, int layer, int state, int length, int batch, string name)
    {
        var size = State(info, layer, state);
        Length(length, (long)batch * size, name, "[B, D]");
        return size;
    }

    /// <summary>The length of a state's vector.</summary>
    public static int State(ModelInfo info, int layer, int state)
    {
        if (!IsRecurrent(info, layer) || (uint)state >= (uint)info.Layers[layer].States.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{info.Name} has no state {state} of layer {layer}; {States(info)}."),
                IsRecurrent(info, layer) ? nameof(state) : nameof(layer));
        }

        return info.Layers[layer].States[state].Size;
    }

    /// <summary>B of a span of <c>B x size</c> elements, from 1 to <paramref name="most"/>.</summary>
    public static int Rows(int length, int size, int most, string name, string shape)
    {
        var rows = Steps(length, size, name, shape);
        if (rows < 1 || rows > most)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} {shape}: expected 1 to {most} rows, got {rows}."), name);
        }

        return rows;
    }

    /// <summary>The index of the state of a layer that bears a name: <c>h</c>, <c>c</c>, what <c>Step</c> calls it.</summary>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public static int State(ModelInfo info, int layer, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var s = 0; IsRecurrent(info, layer) && s < info.Layers[layer].States.Count; s++)
        {
            if (info.Layers[layer].States[s].Name == name)
            {
                return s;
            }
        }

        throw new ArgumentException($"{info.Name} has no state '{name}' of layer {layer}; {States(info)}.", nameof(name));
    }

    /// <summary>One step of vectors, and its outputs.</summary>
    public static void StepOf(ModelInfo info, int batch, int inputs, int outputs)
    {
        Vectors(info);
        Length(inputs, (long)batch * info.InputSize, "x", "[B, I]");
        Length(outputs, (long)batch * info.OutputSize, "y", "[B, O]");
    }

    /// <summary>A layer of a model.</summary>
    public static void Layer(ModelInfo info, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, info.Layers.Count);
    }

    /// <summary>A step of a pass.</summary>
    public static void Step(int t, int least, int most, string name)
    {
        if (t < least || t > most)
        {
            throw new ArgumentOutOfRangeException(name, t, string.Create(
                CultureInfo.InvariantCulture, $"{name}: expected a step from {least} to {most}, got {t}."));
        }
    }

    /// <summary>A stream of a batch.</summary>
    public static void Stream(int stream, int batch, string name)
    {
        if ((uint)stream >= (uint)batch)
        {
            ThrowStream(stream, batch, name);
        }
    }

    /// <summary>Input and output of a call. Rows are read before the same rows are written, so they may be one memory; otherwise an output
    /// would be read as an input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ApartOrSame(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (Overlap(x, y) && !(x.Length == y.Length && Unsafe.AreSame(in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y))))
        {
            ThrowOverlap("x", "they may be the very same memory, of the same length, or have nothing in common");
        }
    }

    /// <summary>An input and the output of a call that may have no byte in common.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<T, TOutput>(ReadOnlySpan<T> input, ReadOnlySpan<TOutput> y, string name, string outputName = "y")
        where T : unmanaged
        where TOutput : unmanaged
    {
        if (Overlap(input, y))
        {
            ThrowOverlap(name, "they may have nothing in common", outputName);
        }
    }

    /// <summary>Whether two spans have a byte in common. One subtraction of references: the collector may move memory between
    /// two.</summary>
    private static bool Overlap<T, TOther>(ReadOnlySpan<T> x, ReadOnlySpan<TOther> y)
        where T : unmanaged
        where TOther : unmanaged
    {
        var offset = Unsafe.ByteOffset(
            in Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(x)), in Unsafe.As<TOther, byte>(ref MemoryMarshal.GetReference(y)));
        return !x.IsEmpty && !y.IsEmpty
            && ((nuint)offset < (nuint)x.Length * (nuint)Unsafe.SizeOf<T>()
                || (nuint)(-offset) < (nuint)y.Length * (nuint)Unsafe.SizeOf<TOther>());
    }

    private static string Both(ModelInfo info) =>
        $"{info.Name} reads vectors of {info.VectorSize} numbers beside {info.TokenCount} {(info.TokenCount == 1 ? "token" : "tokens")} "
            + "a step: pass both.";

    private static string States(ModelInfo info) => "recurrent layers: " + string.Join(", ", info.Layers.Select((layer, l) => (layer, l))
        .Where(pair => pair.layer.IsRecurrent)
        .Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.l} ({string.Join(", ", pair.layer.States.Select(s => s.Name))})")));

    private static bool IsRecurrent(ModelInfo info, int layer) => (uint)layer < (uint)info.Layers.Count && info.Layers[layer].IsRecurrent;

    [DoesNotReturn]
    private static void ThrowLength(int got, long expected, string name, string shape) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"{name} {shape}: expected {expected} elements, got {got}."), name);

    [DoesNotReturn]
    private static void ThrowSteps(int length, int step, string name, string shape) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"{name} {shape}: expected a multiple of {step} elements, got {length}."), name);

    [DoesNotReturn]
    private static void ThrowStream(int stream, int batch, string name) => throw new ArgumentOutOfRangeException(
        name, stream, string.Create(CultureInfo.InvariantCulture, $"Expected a stream from 0 to {batch - 1}, got {stream}."));

    [DoesNotReturn]
    private static void ThrowOverlap(string name, string expected, string outputName = "y") =>
        throw new ArgumentException($"{name} and {outputName} overlap: {expected}.", name);

    [DoesNotReturn]
    private static void ThrowToken(int token, int index, int vocabulary, string name, int batch) => throw new ArgumentOutOfRangeException(
        name, token, string.Create(CultureInfo.InvariantCulture,
            $"Step {index / batch}, row {index % batch}: expected a token from 0 to {vocabulary - 1}, got {token}."));
}
