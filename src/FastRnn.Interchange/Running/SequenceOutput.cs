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
        if (signature.MaskedOutput is not null)
            FillMasked(result);
        var position = 0;
        foreach (var row in input.Rows)
        {
            if (info.OutputDomain == TimeDomain.Single)
            {
                Put(result, row.Batch, 0, y, position++);
                continue;
            }

            for (var i = 0; i < row.Steps.Count; i++, position++)
            {
                // Until the next step that is not masked; behind the sequence's length there is nothing.
                var end = !signature.HoldsOutput ? row.Steps[i] + 1
                    : i + 1 < row.Steps.Count ? row.Steps[i + 1] : input.RowLengths[row.Batch];
                for (var t = row.Steps[i]; t < end; t++)
                    Put(result, row.Batch, t, y, position);
            }
        }

        return result;
    }

    private void FillMasked(Tensor result)
    {
        for (var b = 0; b < input.Batch; b++)
        {
            for (var t = 0; t < axes.Size(Axis.Time); t++)
            {
                for (var k = 0; k < info.OutputSize; k++)
                    result.Values[axes.Index(b, t, k)] = signature.MaskedOutput![k];
            }
        }
    }

    private void Put(Tensor result, int batch, int step, float[] y, int position)
    {
        var t = signature.OutputReversed ? input.Time - 1 - step : step;
        for (var k = 0; k < info.OutputSize; k++)
            result.Values[axes.Index(batch, info.OutputDomain == TimeDomain.Single ? 0 : t, k)] = y[(position * info.OutputSize) + k];
    }
}
