using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.RealTime;

/// <summary>After music, a session is given what is no music for ever. Its states come to a point, or a short cycle, that is exact: each
/// bit comes back. What a step computes depends on its input and its states alone, so from there on nothing can drift, in an hour or in a
/// year.</summary>
public sealed class SilenceAfterMusicTests
{
    private const int MusicSteps = 500;
    private const int Steps = 20_000;

    /// <summary>Rounding may lead a state around among some neighbours.</summary>
    private const int LongestCycle = 256;

    private const float Limit = 7.88860905e-31f;

    private static readonly Dictionary<string, Func<int, float>> Inputs = new()
    {
        ["silence"] = _ => 0,
        ["a denormal number"] = _ => 1e-38f,
        ["a denormal number of both signs"] = t => t % 2 == 0 ? 1e-38f : -1e-38f,
        ["a tail"] = t => (float)Math.Pow(0.995, t),
    };

    private static readonly Dictionary<string, Action<string, WeightFormat>> Checks = new()
    {
        [nameof(LstmPedal)] = Check<LstmPedal>,
        [nameof(GruPedal)] = Check<GruPedal>,
        [nameof(ElmanPedal)] = Check<ElmanPedal>,
        [nameof(NormalisedPedal)] = Check<NormalisedPedal>,
    };

    public static TheoryData<string, string, WeightFormat> Cases
    {
        get
        {
            var data = new TheoryData<string, string, WeightFormat>();
            foreach (var model in Checks.Keys)
            {
                foreach (var input in Inputs.Keys)
                {
                    data.Add(model, input, WeightFormat.Float32);
                    data.Add(model, input, WeightFormat.BFloat16);
                    data.Add(model, input, WeightFormat.Int8);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_come_to_rest_and_are_never_denormal(string model, string input, WeightFormat weights) =>
        Checks[model](input, weights);

    private static void Check<TModel>(string input, WeightFormat weights)
        where TModel : class, IModel<TModel>
    {
        float[]? expected = null;
        foreach (var width in TestWidths.All)
        {
            // Biases of zero are what lets states go towards zero; others are where a trained model rests.
            foreach (var hasBiases in (bool[])[true, false])
            {
                using var session =
                    new Session<TModel>(Create<TModel>(width, hasBiases), new() { BatchSize = 1, Threads = 1, Weights = weights });
                var last = Listen(session, Inputs[input], $"{width}, biases: {hasBiases}");
                if (hasBiases)
                    Bits.AssertSame($"{width}", expected ??= last, last);
            }
        }
    }

    /// <summary>The states of the last steps, one after the other.</summary>
    private static float[] Listen<TModel>(Session<TModel> session, Func<int, float> input, string what)
        where TModel : class, IModel<TModel>
    {
        var sizes = TModel.Info.Layers[0].States.Select(state => state.Size).ToArray();
        var (x, y, states) = (new float[1], new float[1], new float[sizes.Sum()]);
        var history = new float[2 * LongestCycle * states.Length];
        for (var t = -MusicSteps; t < Steps; t++)
        {
            x[0] = t < 0 ? MathF.Sin(t * 0.1f) + MathF.Sin(t * 0.037f) : input(t);
            session.Step(x, y);
            for (int s = 0, at = 0; s < sizes.Length; at += sizes[s++])
                session.GetState(0, s, states.AsSpan(at, sizes[s]));
            foreach (var value in states)
            {
                if (value != 0 && !(MathF.Abs(value) is >= Limit and < 100))
                    Assert.Fail($"{what}, step {t}: a state is {value:r}");
            }

            if (Steps - t <= 2 * LongestCycle)
                states.CopyTo(history, (Steps - t - 1) * states.Length);
        }

        Assert.InRange(y[0], -100, 100);
        AssertReturns(history, states.Length, what);
        return history;
    }

    private static void AssertReturns(float[] history, int size, string what)
    {
        var words = Array.ConvertAll(history, BitConverter.SingleToInt32Bits);
        Assert.True(
            Enumerable.Range(1, LongestCycle)
                .Any(cycle => words.AsSpan(cycle * size).SequenceEqual(words.AsSpan(0, words.Length - cycle * size))),
            $"{what}: the states are not back after {LongestCycle} steps");
    }

    private static TModel Create<TModel>(SimdWidth width, bool hasBiases)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(width);
        using (var edit = model.Store.Edit())
        {
            Experiment.RandomParameters(TModel.Info, new Random(4)).CopyTo(edit.Parameters);
            foreach (var parameter in TModel.Info.Layers[0].Parameters.Where(parameter => parameter.IsVector && !hasBiases))
                edit.Parameters.Slice(parameter.Offset, parameter.Count).Clear();
        }

        return model;
    }
}
