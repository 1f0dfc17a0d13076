using FastRnn.CompilerServices;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Running;

/// <summary>Lays the outputs of a run where the file's tool has them.</summary>
internal sealed class SequenceOutput(Signature signature, ModelInfo info, SequenceInput input)
{
    private readonly PortAxes axes = PortAxes.Of(signature.Output.Axes, axis => axis switch
    {
        Axis.Batch => input.Batch,
        Axis.Time => input.Time,
        Axis.Feature => info.OutputSize,
        _ => 1,
    });

    /// <summary>The file's output.</summary>
    /// <param name="y">What the model put out: <c>[positions, O]</c>, or <c>[rows, O]</c> of a pooled one.</param>
    public Tensor Of(float[] y)
    {
        var result = new Tensor(axes.Shape);
        if (info.OutputDomain == TimeDomain.Single)
            Pooled(result, y);
        else
            Steps(result, y);
        return result;
    }

    private void Pooled(Tensor result, float[] y)
    {
        for (var b = 0; b < input.Batch; b++)
            Put(result, b, 0, signature.MaskedOutput);
        for (var i = 0; i < input.Sequences.Length; i++)
            Put(result, input.Sequences[i], 0, [.. y.Skip(i * info.OutputSize).Take(info.OutputSize).Select(v => (double)v)]);
    }

    private void Steps(Tensor result, float[] y)
    {
        var size = info.OutputSize;
        var all = new float[input.Batch * input.Time * size];
        input.Read?.Expand(y, all, signature.HoldsOutput ? Data.MaskedOutput.Hold : Data.MaskedOutput.Zero);
        for (var b = 0; b < input.Batch; b++)
        {
            // Held from the first step that was read to the sequence's end; behind that there is nothing.
            var isHeld = false;
            for (var t = 0; t < input.Time; t++)
            {
                isHeld |= signature.HoldsOutput && input.Reads(b, t);
                var hasOutput = input.Reads(b, t) || (isHeld && input.IsInside(b, t));
                var step = signature.OutputReversed ? input.Time - 1 - t : t;
                for (var k = 0; k < size; k++)
                {
                    result.Values[axes.Index(b, step, k)] =
                        hasOutput ? all[(((b * input.Time) + t) * size) + k] : signature.MaskedOutput?[k] ?? 0;
                }
            }
        }
    }

    private void Put(Tensor result, int batch, int step, IReadOnlyList<double>? values)
    {
        for (var k = 0; k < info.OutputSize && values is not null; k++)
            result.Values[axes.Index(batch, step, k)] = values[k];
    }
}
