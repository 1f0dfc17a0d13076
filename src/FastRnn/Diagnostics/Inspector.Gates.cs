using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Diagnostics;

/// <content>How open the gates are (Karpathy, Johnson and Li 2015).</content>
public sealed unsafe partial class Inspector<TModel>
{
    /// <summary>The gates of a layer and whatever else a squashing function made, by name, as far as training keeps them for its backward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static IReadOnlyList<ActivationInfo> Activations(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Info.Layers.Count);
        return Info.Layers[layer].Activations;
    }

    /// <summary>Copies out the values of a gate at one step of the last forward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">One of <see cref="Activations"/>.</param>
    /// <param name="t">The step, from 0 to T - 1: its new state is state t + 1.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such gate, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or step.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetActivation(int layer, string name, int t, Span<float> values)
    {
        CheckRecorded(nameof(GetActivation));
        var activation = Find(layer, name);
        CheckStep(t, 0, Steps - 1, nameof(t));
        Door.Length(values.Length, (long)BatchSize * activation.Size, nameof(values), "[B, D]");
        var rows = Rows(layer, activation);
        for (var row = 0; row < BatchSize; row++)
        {
            new ReadOnlySpan<float>(rows.At(t, row), activation.Size).CopyTo(values.Slice(row * activation.Size, activation.Size));
        }

        GC.KeepAlive(this);
    }

    /// <summary>Which share of a gate's values in the last forward pass lies where the slope is next to nothing.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">One of <see cref="Activations"/>.</param>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public GateSaturation Saturation(int layer, string name)
    {
        CheckRecorded(nameof(Saturation));
        var activation = Find(layer, name);
        var rows = Rows(layer, activation);
        var count = new SaturationCount(activation, Steps);
        for (var t = 0; t < Steps; t++)
        {
            for (var row = 0; row < BatchSize; row++)
            {
                count.Add(t, new ReadOnlySpan<float>(rows.At(t, row), activation.Size));
            }
        }

        GC.KeepAlive(this);
        return count.Finish(BatchSize);
    }

    private static ActivationInfo Find(int layer, string name) =>
        Activations(layer).FirstOrDefault(a => a.Name == name) ?? throw new ArgumentException(
            $"Layer {layer} ({Info.Layers[layer].Cell}) has no activation '{name}'; it has {string.Join(", ", Activations(layer).Select(a => a.Name).DefaultIfEmpty("none"))}.", nameof(name));

    private SequenceRows Rows(int layer, ActivationInfo activation)
    {
        var buffers = workspace[layer];
        if (activation.Place == OperandKind.Tape)
        {
            return new SequenceRows(buffers.Tape + activation.Index, buffers.TapeStep, Info.Layers[layer].TapeStride);
        }

        var state = buffers.States[activation.Index];
        return new SequenceRows(state.Values + state.Step, state.Step, Padding.RoundUp(activation.Size));
    }
}
