using FastRnn.Inference;
using FastRnn.Training;

namespace FastRnn.Tests.Models;

/// <summary>Forward passes of a model with states at both ends.</summary>
internal sealed class StateRun<TModel> : IStateRun
    where TModel : class, IModel<TModel>
{
    public Recording Predict(float[] parameters, StructuredBatch batch, float[][][] first, int threads = 1, int positions = 0)
    {
        using var predictor = new Predictor<TModel>(
            Create(parameters), Options(batch) with { KeepStates = true, Threads = threads, MaxPositions = positions });
        var y = new float[batch.OutputCount];
        Each(first, (layer, state, values) => predictor.SetState(layer, state, values));
        predictor.Run(batch.Input, y);
        var last = States.Of(TModel.Info, batch.Count);
        Each(last, (layer, state, values) => predictor.GetState(layer, state, values));
        return new(y, last, [], [], []);
    }

    public Recording Record(float[] parameters, StructuredBatch batch, float[][][] first)
    {
        using var bptt = new Bptt<TModel>(Create(parameters), Options(batch));
        var y = new float[batch.OutputCount];
        Each(first, (layer, state, values) => bptt.SetState(layer, state, values));
        bptt.Forward(batch.Input, y);
        var last = States.Of(TModel.Info, batch.Count);
        Each(last, (layer, state, values) => bptt.GetState(layer, state, values));
        return new(TModel.Info.SoftmaxOutput ? [] : y, last, [], [], []);
    }

    public Recording Stream(float[] parameters, StructuredBatch batch, float[][][] first)
    {
        using var session = new Session<TModel>(Create(parameters), new() { Threads = 1 });
        var y = new float[batch.OutputCount];
        Each(first, (layer, state, values) => session.SetState(layer, state, values));
        if (TModel.Info.Input == InputKind.Mixed && batch.X.Length > 0)
            session.Run(batch.X, batch.Tokens, y);
        else if (TModel.Info.Input == InputKind.Vector)
            session.Run(batch.X, y);
        else
            session.Run(batch.Tokens, y);
        var last = States.Of(TModel.Info, batch.Count);
        Each(last, (layer, state, values) => session.GetState(layer, state, values));
        return new(y, last, [], [], []);
    }

    private static void Each(float[][][] states, Action<int, int, float[]> action)
    {
        for (var layer = 0; layer < states.Length; layer++)
        {
            for (var state = 0; state < states[layer].Length; state++)
            {
                if (states[layer][state].Length > 0)
                    action(layer, state, states[layer][state]);
            }
        }
    }

    private static RunOptions Options(StructuredBatch batch) => new()
    {
        BatchSize = batch.Count,
        SequenceLength = batch.Lengths.Max(),
        SourceLength = batch.SourceLengths.DefaultIfEmpty(1).Max(),
        Threads = 1,
    };

    private static TModel Create(float[] parameters)
    {
        var model = TestModel<TModel>.Create(SimdWidth.Auto);
        using (var edit = model.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        return model;
    }
}
