using FastRnn.Data;
using FastRnn.Inference;

namespace FastRnn.Benchmarks.Formats;

/// <summary>A trained model with data that it has not seen: what does it lose if its weights have fewer bits?</summary>
internal abstract class PriceTask : IDisposable
{
    /// <summary>What is done, and by which model.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured.</summary>
    public abstract IReadOnlyList<PriceFigure> Figures { get; }

    /// <summary>The model.</summary>
    protected abstract ModelInfo Info { get; }

    /// <summary>Does the task.</summary>
    /// <param name="weights">The format of the weights; all else is the task's.</param>
    /// <returns>A value for each figure.</returns>
    public abstract IReadOnlyList<double> Measure(RunOptions weights);

    /// <summary>What each layer alone loses in int8, what loses most first; in front of them all together, as layer -1.</summary>
    public abstract IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding();

    /// <summary>Measures all formats.</summary>
    public PriceRow Run(CancellationToken interrupt)
    {
        var rounding = Rounding();
        var layers = rounding.Select(loss => loss.Layer).Where(layer => layer >= 0).Order().ToList();
        var values = new List<IReadOnlyList<double>?>();
        foreach (var weights in (RunOptions?[])
            [
                new(), new() { Weights = WeightFormat.BFloat16 }, Int8([]),

                // Of two layers none would be left.
                layers.Count > 2 ? Int8([layers[0], layers[^1]]) : null,
                Int8([rounding[1].Layer]),
            ])
        {
            interrupt.ThrowIfCancellationRequested();
            values.Add(weights is null ? null : Measure(weights));
        }

        return new(Name, Figures, values, [.. rounding.Select(loss => (LayerName(loss.Layer), loss.RootMeanSquare))]);
    }

    public abstract void Dispose();

    /// <summary>What layers of a model lose.</summary>
    protected static IReadOnlyList<(int Layer, double RootMeanSquare, double Largest)> Rounding<TModel>(
        TModel model, in SequenceBatch batch, int sequences, int length)
        where TModel : class, IModel<TModel>
    {
        using var predictor = new Predictor<TModel>(
            model, new() { BatchSize = sequences, SequenceLength = length, Weights = WeightFormat.Int8 });
        return predictor.MeasureRounding(in batch);
    }

    private static RunOptions Int8(int[] exact) => new() { Weights = WeightFormat.Int8, Float32Layers = exact };

    private string LayerName(int layer)
    {
        if (layer < 0)
        {
            return "all";
        }

        var cell = Info.Layers[layer].Cell;
        return FormattableString.Invariant(
            $"{cell[(cell.LastIndexOf('.') + 1)..]} {Info.Layers[layer].InputSize} -> {Info.Layers[layer].HiddenSize} (layer {layer})");
    }
}
