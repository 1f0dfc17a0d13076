using FastRnn.Data;

namespace FastRnn.Inference;

public sealed partial class Predictor<TModel>
{
    /// <summary>Which layer loses most by rounded weights: the outputs of a batch with one layer at a time in the format of this predictor,
    /// against those in single precision. What loses too much can stay in single precision
    /// (<see cref="RunOptions.Float32Layers"/>).</summary>
    /// <param name="batch">Typical input. Rounding differs from step to step, so some hundred positions say more than one.</param>
    /// <returns>The layers whose weights are rounded, by their index among those of <see cref="ModelInfo.Layers"/>, what loses most first;
    /// in front of them, as layer -1, all together. <c>RootMeanSquare</c> is the root of the mean square of the differences over that of
    /// the exact outputs (infinite where those are all 0 and the others are not), <c>Largest</c> the largest difference.</returns>
    /// <exception cref="ArgumentException">The batch is not one of the model, or too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The predictor has <see cref="WeightFormat.Float32"/>, the model reads something else, or
    /// another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    /// <remarks>Takes memory for one predictor more, as often as the model has layers. The weights are the model's as they are
    /// now, and sequences begin with the model's own first states, not with those of <c>SetState</c>. States that a run left behind
    /// (<c>GetState</c>) are gone afterwards.</remarks>
    public IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> MeasureRounding(in SequenceBatch batch)
    {
        if (options.Weights == WeightFormat.Float32)
        {
            throw new InvalidOperationException($"{TModel.Info.Name}: a predictor of Float32 weights rounds nothing.");
        }

        var length = OutputLength(in batch);
        var exact = Outputs(options with { Weights = WeightFormat.Float32 }, in batch, length);
        var together = Compare(-1, exact, Outputs(options, in batch, length));
        int[] all = [.. Enumerable.Range(0, TModel.Info.Layers.Count)];
        var alone = new List<(int Layer, double RootMeanSquare, double Largest)>();
        foreach (var layer in all)
        {
            if (TModel.Info.Layers[layer].Layout.Forward.Count > 0 && !options.Float32Layers.Contains(layer))
            {
                var others = options with { Float32Layers = [.. all.Where(l => l != layer)] };
                alone.Add(Compare(layer, exact, Outputs(others, in batch, length)));
            }
        }

        return [together, .. alone.OrderByDescending(error => error.RootMeanSquare)];
    }

    private float[] Outputs(RunOptions with, in SequenceBatch batch, int length)
    {
        using var predictor = new Predictor<TModel>(model, with);
        var y = new float[length];
        predictor.Run(in batch, y);
        return y;
    }

    private static (int Layer, double RootMeanSquare, double Largest) Compare(int layer, float[] exact, float[] rounded)
    {
        var (errors, squares, largest) = (0.0, 0.0, 0.0);
        for (var i = 0; i < exact.Length; i++)
        {
            var error = (double)rounded[i] - exact[i];
            errors += error * error;
            squares += (double)exact[i] * exact[i];
            largest = Math.Max(largest, Math.Abs(error));
        }

        return (layer, errors == 0 ? 0 : Math.Sqrt(errors / squares), largest);
    }

    /// <summary>Numbers of the outputs of a batch.</summary>
    private int OutputLength(in SequenceBatch batch)
    {
        using var held = use.Hold(this);
        hasRun = false;
        runner.Input.Take(in batch);
        return checked((int)runner.Input.OutputPositions * TModel.Info.OutputSize);
    }
}
