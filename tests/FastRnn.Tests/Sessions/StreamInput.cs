using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>What one stream reads, <c>[T, I]</c> or <c>[T]</c>, and how it is stepped through a row of any session.</summary>
internal sealed class StreamInput<TModel>
    where TModel : class, IModel<TModel>
{
    private readonly float[] x;
    private readonly int[] tokens;

    public StreamInput(int steps, int seed)
    {
        var random = new Random(seed);
        (Steps, x, tokens) = (steps, Vectors(steps, random), Tokens(steps, random));
    }

    public int Steps { get; }

    private static bool ReadsTokens => TModel.Info.Input != InputKind.Vector;

    /// <summary>A model with the same random parameters for every width.</summary>
    public static TModel Model(SimdWidth width = SimdWidth.Auto, int seed = 5)
    {
        var model = TestModel<TModel>.Create(width);
        using (var edit = model.Store.Edit())
            Experiment.RandomParameters(TModel.Info, new Random(seed)).CopyTo(edit.Parameters);
        return model;
    }

    /// <summary>Steps a row of a session, in whose other rows other things are read; one call.</summary>
    /// <returns><c>[count, O]</c> of that row.</returns>
    public float[] Step(Session<TModel> session, int row, int first, int count, Random others)
    {
        var (batch, size, outputs) = (session.BatchSize, TModel.Info.InputSize, TModel.Info.OutputSize);
        var y = new float[count * batch * outputs];
        if (ReadsTokens)
        {
            var all = Tokens(count * batch, others);
            for (var t = 0; t < count; t++)
                all[(t * batch) + row] = tokens[first + t];
            if (count == 1)
                session.Step(all, y);
            else
                session.Run(all, y);
        }
        else
        {
            var all = Vectors(count * batch, others);
            for (var t = 0; t < count; t++)
                x.AsSpan((first + t) * size, size).CopyTo(all.AsSpan(((t * batch) + row) * size));
            if (count == 1)
                session.Step(all, y);
            else
                session.Run(all, y);
        }

        return [.. Enumerable.Range(0, count).SelectMany(t => y.AsSpan(((t * batch) + row) * outputs, outputs).ToArray())];
    }

    /// <summary>The whole of it in one call of a session of its own.</summary>
    public (float[] Y, SessionState<TModel> State) Run(TModel model, WeightFormat weights = WeightFormat.Float32)
    {
        using var session = new Session<TModel>(model, new() { Threads = 1, Weights = weights });
        return (Step(session, 0, 0, Steps, new Random(1)), session.GetState());
    }

    private static float[] Vectors(int count, Random random) =>
        ReadsTokens ? [] : Experiment.Numbers(random, count * TModel.Info.InputSize, 1.5f);

    private static int[] Tokens(int count, Random random) =>
        ReadsTokens ? [.. Enumerable.Range(0, count).Select(_ => random.Next(TModel.Info.Vocabulary))] : [];
}
