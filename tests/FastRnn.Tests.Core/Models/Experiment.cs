using FastRnn.Data;
using FastRnn.Tests.Memory;

namespace FastRnn.Tests.Models;

/// <summary>All numbers that a forward and a backward pass of a model start from.</summary>
internal sealed class Experiment
{
    private Experiment(ModelInfo info, int steps, int batch)
    {
        (Info, Steps, Batch) = (info, steps, batch);
    }

    public ModelInfo Info { get; }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>In canonical order.</summary>
    public float[] Parameters { get; private init; } = [];

    /// <summary><c>[T, B, I]</c>; empty if the model reads tokens.</summary>
    public float[] X { get; init; } = [];

    /// <summary><c>[T, B]</c>; empty if the model reads vectors.</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary><c>[layer][state][B, D]</c>; a dense layer has none.</summary>
    public float[][][] States { get; init; } = [];

    /// <summary><c>[T, B, O]</c>.</summary>
    public float[] DOutput { get; init; } = [];

    /// <summary>Gradients of the last states, shaped as <see cref="States"/>.</summary>
    public float[][][] DStates { get; init; } = [];

    public bool ReadsTokens => Info.Input != InputKind.Vector;

    /// <summary>What the model reads.</summary>
    public Inputs Inputs => ReadsTokens ? CallerMemory.Of(Tokens) : CallerMemory.Of(X);

    /// <summary>Numbers of the order of 1; matrices smaller, so that nothing saturates.</summary>
    public static Experiment Random(ModelInfo info, int steps, int batch, int seed)
    {
        var random = new Random(seed);
        return new Experiment(info, steps, batch)
        {
            Parameters = RandomParameters(info, random),
            X = info.Input == InputKind.Vector ? Numbers(random, steps * batch * info.InputSize, 1) : [],
            Tokens = info.Input == InputKind.Vector
                ? [] : [.. Enumerable.Range(0, steps * batch).Select(_ => random.Next(info.Vocabulary))],
            States = RandomStates(info, batch, random),
            DOutput = Numbers(random, steps * batch * info.OutputSize, 1),
            DStates = RandomStates(info, batch, random),
        };
    }

    /// <summary>The same with other parameters.</summary>
    public Experiment With(float[] parameters) => new(Info, Steps, Batch)
    {
        Parameters = parameters,
        X = X,
        Tokens = Tokens,
        States = States,
        DOutput = DOutput,
        DStates = DStates,
    };

    /// <summary>The numbers of the order of 1 that a test wants to start from.</summary>
    public static float[] RandomParameters(ModelInfo info, Random random)
    {
        var parameters = Numbers(random, info.ParameterCount, 1);
        foreach (var layer in info.Layers)
        {
            foreach (var parameter in layer.Parameters)
            {
                var scale = parameter.IsVector ? 0.5f : 1 / MathF.Sqrt(parameter.Columns);
                foreach (ref var value in parameters.AsSpan(layer.ParameterOffset + parameter.Offset, parameter.Count))
                    value *= scale;
            }
        }

        return parameters;
    }

    public static float[] Numbers(Random random, int count, float bound)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = (2 * random.NextSingle() - 1) * bound;
        return numbers;
    }

    /// <summary>The same experiment with some rows of the batch.</summary>
    public Experiment Rows(int begin, int end) => new(Info, Steps, end - begin)
    {
        Parameters = Parameters,
        X = RowsOf(X, begin, end),
        Tokens = RowsOf(Tokens, begin, end),
        States = RowsOf(States, begin, end),
        DOutput = RowsOf(DOutput, begin, end),
        DStates = RowsOf(DStates, begin, end),
    };

    /// <summary>An experiment of the same shape with other numbers where they are given.</summary>
    public Experiment With(
        float[]? parameters = null, float[]? x = null, float[][][]? states = null, float[]? dOutput = null, float[][][]? dStates = null) =>
            new(Info, Steps, Batch)
            {
                Parameters = parameters ?? Parameters,
                X = x ?? X,
                Tokens = Tokens,
                States = states ?? States,
                DOutput = dOutput ?? DOutput,
                DStates = dStates ?? DStates,
            };

    /// <summary>The same experiment from states of zeros, as a trainer starts.</summary>
    public Experiment FromZero() =>
        With(states: [.. States.Select(layer => layer.Select(state => new float[state.Length]).ToArray())]);

    /// <summary>The same numbers for a model that sees one-hot vectors where this one reads tokens.</summary>
    public Experiment WithOneHotVectors(ModelInfo info)
    {
        var x = new float[Tokens.Length * info.InputSize];
        for (var i = 0; i < Tokens.Length; i++)
            x[i * info.InputSize + Tokens[i]] = 1;
        return new(info, Steps, Batch) { Parameters = Parameters, X = x, States = States, DOutput = DOutput, DStates = DStates };
    }

    /// <summary>Some rows of <c>[T, B, ...]</c>.</summary>
    public T[] RowsOf<T>(T[] values, int begin, int end) => Rows(values, Steps, begin, end);

    /// <summary>Some rows of states <c>[layer][state][B, D]</c>.</summary>
    public float[][][] RowsOf(float[][][] states, int begin, int end) =>
        [.. states.Select(layer => layer.Select(state => Rows(state, 1, begin, end)).ToArray())];

    private T[] Rows<T>(T[] values, int steps, int begin, int end)
    {
        var size = values.Length / steps / Batch;
        var rows = new T[steps * (end - begin) * size];
        for (var t = 0; t < steps; t++)
            values.AsSpan((t * Batch + begin) * size, (end - begin) * size).CopyTo(rows.AsSpan(t * (end - begin) * size));
        return rows;
    }

    private static float[][][] RandomStates(ModelInfo info, int batch, Random random) =>
        [.. info.Layers.Select(layer => layer.IsRecurrent
            ? layer.States.Select(state => Numbers(random, batch * state.Size, 0.8f)).ToArray()
            : [])];
}
