using FastRnn.Inference;
using FastRnn.Tests.Cells;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Embedded;

/// <summary>Embedded weights of models that are more than chains: what reads parameters, and not panels, finds them, and nobody makes them
/// in the middle of a stream.</summary>
public sealed class EmbeddedWiringTests
{
    [Fact]
    public void Learned_starts_are_those_of_the_file() => OutputsAreThoseOfTheFile<LearnedOf256>("learned", width => new(width));

    [Fact]
    public void Both_directions_are_those_of_the_file() => OutputsAreThoseOfTheFile<RoundedBothWaysOf256>("bothways", width => new(width));

    [Fact]
    public void An_encoder_and_attention_are_those_of_the_file() =>
        OutputsAreThoseOfTheFile<RoundedListenerOf256>("listener", width => new(width));

    [Fact]
    public void The_first_call_of_a_session_allocates_nothing()
    {
        var (x, y, state) = (new float[3], new float[2], new SessionState<LearnedOf256>());
        Action<Session<LearnedOf256>>[] calls =
        [
            session => session.Step(x, y),
            session => session.GetState(state),
            session => session.SetState(state),
            session => session.GetStream(0, state),
            session => session.SetStream(0, state),
        ];
        foreach (var call in calls)
        {
            // The first round compiles what is called.
            var least = long.MaxValue;
            for (var round = 0; round < 10 && least > 0; round++)
            {
                var model = new LearnedOf256(TestWidths.Or(SimdWidth.Bits256));
                Assert.Equal(model.Width != SimdWidth.Bits256, model.HasParameters());
                using var session = model.CreateSession();
                var before = GC.GetAllocatedBytesForCurrentThread();
                call(session);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
        }
    }

    private static void OutputsAreThoseOfTheFile<TModel>(string file, Func<SimdWidth, TModel> create)
        where TModel : class, IModel<TModel>
    {
        var expected = new EmbeddedCase<TModel>($"Embedded/{file}.safetensors", create).Expected();
        var batch = StructuredBatch.Random(TModel.Info, [4, 9, 1], TModel.Info.Source is null ? [] : [3, 7, 1], seed: 3, masks: false);
        foreach (var width in TestWidths.Emitted)
        {
            var loaded = create(width);
            using (var edit = loaded.Store.Edit())
                expected.CopyTo(edit.Parameters);
            Bits.AssertSame($"{file}, {width}", Outputs(loaded, batch), Outputs(create(width), batch));
        }
    }

    private static float[] Outputs<TModel>(TModel model, StructuredBatch batch)
        where TModel : class, IModel<TModel>
    {
        using var predictor = new Predictor<TModel>(model, new() { BatchSize = 3, SequenceLength = 9, SourceLength = 7 });
        var y = new float[batch.OutputCount];
        predictor.Run(batch.Input, y);
        return y;
    }
}
