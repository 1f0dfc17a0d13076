using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>Calls of one step, one after the other, go a shorter way than all others. Whatever stands between them, their outputs are those
/// of one call, bit for bit: blocks, numbers that count as 0, states that are read, set and forked, a stream that begins anew.</summary>
public sealed class PreparedStepTests
{
    // More than a session has slots for.
    private const int Steps = 80;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_recurrent_and_a_dense_layer(int batch) => Check<PianoRoll>(batch);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Layers_of_both_kinds(int batch) => Check<DenseInTheMiddle>(batch);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void An_output_over_its_input(int batch) => Check<Echo>(batch, inPlace: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_skip_that_is_no_kernel(int batch) => Check<ScaledSkip>(batch);

    private static void Check<TModel>(int batch, bool inPlace = false)
        where TModel : class, IModel<TModel>
    {
        foreach (var weights in Enum.GetValues<WeightFormat>())
        {
            foreach (var width in TestWidths.All)
            {
                using var model = StreamInput<TModel>.Model(width);
                using var session = new Session<TModel>(model, new() { BatchSize = batch, Threads = 1, Weights = weights });
                var x = Input(Steps * batch * TModel.Info.InputSize);
                var expected = new float[Steps * batch * TModel.Info.OutputSize];
                session.Run(x, expected);
                session.Reset();
                Bits.AssertSame($"{width}, {weights}: calls", expected, Go(session, x, inPlace));
                session.Reset();
                Bits.AssertSame($"{width}, {weights}: once more", expected, Go(session, x, inPlace));
            }
        }
    }

    /// <summary>All steps in calls; at most of them one step.</summary>
    private static float[] Go<TModel>(Session<TModel> session, float[] x, bool inPlace)
        where TModel : class, IModel<TModel>
    {
        var (inputs, outputs) = (session.BatchSize * TModel.Info.InputSize, session.BatchSize * TModel.Info.OutputSize);
        var all = new float[Steps * outputs];
        var state = new SessionState<TModel>(session.BatchSize);
        for (int t = 0, steps; t < Steps; t += steps)
        {
            steps = t is 7 or 12 or 60 ? 3 : 1;
            var y = inPlace ? x.AsSpan(t * inputs, steps * inputs).ToArray() : new float[steps * outputs];
            var from = inPlace ? y : x.AsSpan(t * inputs, steps * inputs);
            if (steps == 1)
                session.Step(from, y);
            else
                session.Run(from, y);
            y.CopyTo(all, t * outputs);
            if (t is 20 or 21 or 40)
            {
                // There and back: what other steps leave must not be seen.
                session.GetState(state);
                using (var fork = session.Fork())
                    fork.Step(x.AsSpan(0, inputs), new float[outputs]);
                session.Step(x.AsSpan(0, inputs), new float[outputs]);
                if (t == 21)
                    session.Reset();
                session.SetState(state);
            }
        }

        return all;
    }

    private static float[] Input(int count)
    {
        var random = new Random(count);
        var x = new float[count];
        for (var i = 0; i < count; i++)
        {
            // Some steps have a number that counts as 0.
            x[i] = random.Next(30) == 0 ? 1e-38f : (float)((random.NextDouble() * 2) - 1);
        }

        return x;
    }
}
