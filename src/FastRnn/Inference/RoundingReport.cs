using FastRnn.Data;

namespace FastRnn.Inference;

/// <summary>Which layer loses most by rounded weights: a model's outputs for data of yours, with one layer at a time in another format.
/// What loses too much can stay in single precision (<see cref="RunOptions.Float32Layers"/>).</summary>
public static class RoundingReport
{
    /// <summary>Measures a batch.</summary>
    /// <typeparam name="TModel">The generated class.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="options">As for a predictor; <see cref="RunOptions.Weights"/> is the format that is measured, and
    /// <see cref="RunOptions.Float32Layers"/> are left out.</param>
    /// <param name="batch">Typical input. Rounding differs from step to step, so some hundred positions say more than one.</param>
    /// <returns>The layers that have weights which the format rounds, what loses most first; in front of them all together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or a token is not in the vocabulary.</exception>
    /// <exception cref="ArgumentException">The format is <see cref="WeightFormat.Float32"/>, or the batch is not one of the
    /// model.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or the model reads something else.</exception>
    public static IReadOnlyList<RoundingError> Of<TModel>(TModel model, RunOptions options, in SequenceBatch batch)
        where TModel : class, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Weights == WeightFormat.Float32)
        {
            throw new ArgumentException("Weights: expected a format that rounds.", nameof(options));
        }

        var exact = Outputs(model, options with { Weights = WeightFormat.Float32 }, in batch);
        var together = Compare(-1, exact, Outputs(model, options, in batch));
        int[] all = [.. Enumerable.Range(0, TModel.Info.Layers.Count)];
        var alone = new List<RoundingError>();
        foreach (var layer in all)
        {
            var info = TModel.Info.Layers[layer];
            if (info.Layouts.Any(l => l.Forward.Count > 0) && !options.Float32Layers.Contains(layer))
            {
                var others = options with { Float32Layers = [.. all.Where(l => l != layer)] };
                alone.Add(Compare(layer, exact, Outputs(model, others, in batch)));
            }
        }

        return [together, .. alone.OrderByDescending(error => error.RootMeanSquare)];
    }

    private static float[] Outputs<TModel>(TModel model, RunOptions options, in SequenceBatch batch)
        where TModel : class, IModel<TModel>
    {
        using var predictor = new Predictor<TModel>(model, options);
        var y = new float[predictor.OutputLength(in batch)];
        predictor.Run(in batch, y);
        return y;
    }

    private static RoundingError Compare(int layer, float[] exact, float[] rounded)
    {
        var (errors, squares, largest) = (0.0, 0.0, 0.0);
        for (var i = 0; i < exact.Length; i++)
        {
            var error = (double)rounded[i] - exact[i];
            errors += error * error;
            squares += (double)exact[i] * exact[i];
            largest = Math.Max(largest, Math.Abs(error));
        }

        return new(layer, errors == 0 ? 0 : Math.Sqrt(errors / squares), largest);
    }
}
