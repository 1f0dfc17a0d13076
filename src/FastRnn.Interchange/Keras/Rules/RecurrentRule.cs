using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Keras' loop over steps: at a masked step the state is held and the output before it is repeated (0 before the first real step,
/// or always with <c>zero_output_for_mask</c>). With <c>go_backwards</c> outputs lie in the order in which steps were read.</summary>
internal sealed class RecurrentRule(KerasLayer layer, ICellRule cell, bool keepsMask) : IKerasRule
{
    /// <summary>Whether masked steps put out 0, which a Bidirectional asks for.</summary>
    public bool ZerosMasked { get; init; } = layer.ZerosMasked;

    public KerasFlow Apply(KerasFlow input)
    {
        if (input.Values.Rank != 3 || input.Steps == 0)
            throw new ForeignFileException($"{layer.Where}: expected [B, T, I] with at least one step, got {input.Values.ShapeText()}");

        var sequences = new KerasFlow(new Tensor([input.Batch, input.Steps, cell.Units]), input.Mask, input.Made);
        for (var b = 0; b < input.Batch; b++)
            Run(input, sequences, b);
        if (layer.ReturnsSequences)
            return keepsMask ? sequences : sequences with { Mask = null };

        var last = new KerasFlow(new Tensor([input.Batch, cell.Units]));
        for (var b = 0; b < input.Batch; b++)
            sequences.Vector(b, input.Steps - 1).CopyTo(last.Vector(b, 0));
        return last;
    }

    private void Run(KerasFlow input, KerasFlow output, int sequence)
    {
        cell.Reset();
        var before = new double[cell.Units];
        for (var n = 0; n < input.Steps; n++)
        {
            var t = layer.GoesBackwards ? input.Steps - 1 - n : n;
            var target = output.Vector(sequence, n);
            if (input.Mask is null || input.Mask[(sequence * input.Steps) + t])
            {
                cell.Step(input.Vector(sequence, t)).CopyTo(before);
                before.CopyTo(target);
            }
            else if (!ZerosMasked)
            {
                before.CopyTo(target);
            }
        }
    }
}
