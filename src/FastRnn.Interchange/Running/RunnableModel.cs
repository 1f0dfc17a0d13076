using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Interchange.Declarations;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Running;

/// <summary>A model of a class, behind an interface without it.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
internal sealed class RunnableModel<TModel>(TModel model) : IRunnable
    where TModel : class, IModel<TModel>
{
    // Kernel layers with parameters of their own, in the order in which a declaration counts them.
    private static readonly int[] WithParameters =
        [.. Enumerable.Range(0, TModel.Info.Layers.Count).Where(i => TModel.Info.Layers[i].Parameters.Count > 0)];

    private static readonly int[] Recurrent =
        [.. Enumerable.Range(0, TModel.Info.Layers.Count).Where(i => TModel.Info.Layers[i].IsRecurrent)];

    /// <inheritdoc/>
    public ModelInfo Info => TModel.Info;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Parameters => model.Store.Parameters;

    /// <inheritdoc/>
    public void Place(IReadOnlyList<Placement> placements)
    {
        var count = 0;
        using (var edit = model.Store.Edit())
        {
            foreach (var placement in placements)
            {
                var target = placement.Layer < 0
                    ? edit.Parameters[..TModel.Info.EmbeddingParameters]
                    : edit.Parameter(WithParameters[placement.Layer], placement.Parameter);
                Sum(placement.Parts, target);
                CheckFinite(placement.Parts, target);
                count += target.Length;
            }
        }

        if (count != TModel.Info.ParameterCount)
            throw new InvalidOperationException($"expected {TModel.Info.ParameterCount} numbers to place, got {count}");
    }

    /// <inheritdoc/>
    public void Load(string path)
    {
        using var edit = model.Store.Edit();
        ModelFile.Load(TModel.Info, edit.Parameters, path);
    }

    /// <inheritdoc/>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata) =>
        ModelFile.Save(TModel.Info, model.Store.Parameters, path, metadata);

    /// <inheritdoc/>
    public RunResult Run(RunBatch batch)
    {
        var rows = batch.Lengths.Length;
        var keepsStates = batch.WantsStates || batch.FirstStates.Count > 0;
        using var predictor = new Predictor<TModel>(
            model, new() { BatchSize = rows, SequenceLength = batch.Lengths.Max(), KeepStates = keepsStates });
        foreach (var ((layer, state), values) in batch.FirstStates)
            predictor.SetState(Recurrent[layer], state, values);
        var outputs = TModel.Info.OutputDomain == CompilerServices.TimeDomain.Single ? rows : batch.Lengths.Sum();
        var y = new float[outputs * TModel.Info.OutputSize];
        predictor.Run(new SequenceBatch { Lengths = batch.Lengths, X = batch.X, Tokens = batch.Tokens }, y);

        var states = new Dictionary<(int Layer, int State), float[]>();
        for (var layer = 0; batch.WantsStates && layer < Recurrent.Length; layer++)
        {
            var info = TModel.Info.Layers[Recurrent[layer]];
            for (var state = 0; state < info.States.Count; state++)
            {
                var values = new float[rows * info.States[state].Size];
                predictor.GetState(Recurrent[layer], state, values);
                states[(layer, state)] = values;
            }
        }

        return new(y, states);
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();

    private static void CheckFinite(IReadOnlyList<WeightView> parts, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ForeignFileException(
                    $"tensor '{parts[0].Tensor.Name}' {parts[0].Tensor.ShapeText()}: expected finite numbers in single precision, "
                    + $"got {values[i]}");
            }
        }
    }

    // In double, rounded once.
    private static void Sum(IReadOnlyList<WeightView> parts, Span<float> target)
    {
        if (parts.Count == 1)
        {
            parts[0].CopyTo(target);
            return;
        }

        for (var i = 0; i < target.Length; i++)
        {
            double sum = 0;
            foreach (var part in parts)
                sum += part.IsVector ? part[i] : part[i / part.Columns, i % part.Columns];
            target[i] = (float)sum;
        }
    }
}
