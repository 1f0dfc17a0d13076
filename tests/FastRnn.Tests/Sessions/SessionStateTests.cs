using FastRnn.Inference;
using FastRnn.Tests.Misuse;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>A state behaves as a value.</summary>
public sealed class SessionStateTests
{
    [Fact]
    public void States_are_equal_if_all_their_bits_are()
    {
        var (one, other) = (Numbered(2), Numbered(2));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one.Equals((object)other));
        Assert.NotEqual(one, new SessionState<SpokenStack>(2));
        Assert.NotEqual(new SessionState<SpokenStack>(3), new SessionState<SpokenStack>(2));
        Assert.False(one.Equals(null));

        // The last number of the last state counts, and so does the sign of a zero; a NaN is itself.
        one.Values(1, 0)[^1] = 0f;
        other.Values(1, 0)[^1] = -0f;
        Assert.NotEqual(one, other);
        one.Values(1, 0)[^1] = other.Values(1, 0)[^1] = float.NaN;
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Copies_are_states_of_their_own()
    {
        var state = Numbered(3);
        foreach (var copy in (SessionState<SpokenStack>[])[state.Clone(), new(state), Copied(state)])
        {
            Assert.Equal(state, copy);
            copy.Values(0, 1)[5] += 1;
            Assert.NotEqual(state, copy);
            copy.Clear();
            Assert.Equal(new SessionState<SpokenStack>(3), copy);
        }

        Assert.Equal(Numbered(3), state);

        static SessionState<SpokenStack> Copied(SessionState<SpokenStack> state)
        {
            var copy = new SessionState<SpokenStack>(state.BatchSize);
            state.CopyTo(copy);
            return copy;
        }
    }

    [Fact]
    public void A_stream_is_copied_with_all_its_states_and_nothing_else_is()
    {
        var (from, target, before) = (Numbered(3), new SessionState<SpokenStack>(2), new SessionState<SpokenStack>(2));
        target.Values(0, 0).Fill(7);
        before.Values(0, 0).Fill(7);
        from.CopyStream(2, target, 1);
        foreach (var (layer, state) in ((int, int)[])[(0, 0), (0, 1), (1, 0)])
        {
            Bits.AssertSame("the row", from.Values(layer, state, 2), target.Values(layer, state, 1));
            Bits.AssertSame("its neighbour", before.Values(layer, state, 0), target.Values(layer, state, 0));
        }

        // Within one state, too.
        from.CopyStream(0, from, 2);
        Bits.AssertSame("the first", Numbered(3).Values(1, 0, 0), from.Values(1, 0, 2));
    }

    [Fact]
    public void What_a_session_carries_are_the_numbers_of_its_layers()
    {
        using var session = new SpokenStack(1).CreateSession(new() { BatchSize = 3 });
        Assert.Equal(new SessionState<SpokenStack>(3), session.GetState());
        session.Run([1, 2, 3, 4, 5, 6], new float[2 * 3 * 3]);
        var state = session.GetState();
        var (h, c, n) = (new float[3 * 17], new float[3 * 17], new float[3 * 4]);
        session.GetState(0, 0, h);
        session.GetState(0, 1, c);
        session.GetState(1, 0, n);
        Bits.AssertSame("h", h, state.Values(0, 0));
        Bits.AssertSame("c", c, state.Values(0, 1));
        Bits.AssertSame("the second layer", n, state.Values(1, 0));
        Bits.AssertSame("a row", c.AsSpan(17, 17), state.Values(0, 1, 1));
        Assert.Contains(n, value => value != 0);

        session.Reset(1);
        state.Values(0, 0, 1).Clear();
        state.Values(0, 1, 1).Clear();
        state.Values(1, 0, 1).Clear();
        Assert.Equal(state, session.GetState());
        session.Reset();
        Assert.Equal(new SessionState<SpokenStack>(3), session.GetState());
    }

    [Fact]
    public void Streams_of_a_model_that_learned_their_beginning_begin_so_again()
    {
        var model = StreamInput<DroppedStream>.Model();
        using var session = model.CreateSession(new() { BatchSize = 2 });
        var first = session.GetState();
        // No masks; and layers are counted without dropout.
        Assert.Equal(["state.0.h", "state.1.h", "state.1.c"], SessionState<DroppedStream>.Slots.Select(slot => slot.Name));
        Assert.Contains(first.Values(1, 0).ToArray(), value => value != 0);
        Bits.AssertSame("both rows", first.Values(1, 0, 0), first.Values(1, 0, 1));

        session.Run(new float[5 * 2 * 3], new float[5 * 2 * 3]);
        var later = session.GetState();
        Assert.NotEqual(first, later);
        session.Reset(1);
        var mixed = later.Clone();
        first.CopyStream(1, mixed, 1);
        Assert.Equal(mixed, session.GetState());
        session.Reset();
        Assert.Equal(first, session.GetState());
    }

    [Fact]
    public void Numbers_that_a_step_would_make_zero_are_zero_when_a_session_takes_them()
    {
        using var session = new Echo(1).CreateSession();
        var state = new SessionState<Echo>();
        state.Values(0, 0)[2] = 1e-40f;
        state.Values(0, 0)[3] = 1e-20f;
        session.SetState(state);
        state.Values(0, 0)[2] = 0;
        Assert.Equal(state, session.GetState());
        state.Values(0, 0)[2] = 1e-40f;
        session.SetStream(0, state);
        Assert.Equal(0, session.GetState().Values(0, 0)[2]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("batchSize", Assert.Throws<ArgumentOutOfRangeException>(() => new SessionState<SpokenStack>(0)).ParamName);
        Assert.Equal("batchSize", Assert.Throws<ArgumentOutOfRangeException>(() => new SessionState<SpokenStack>(int.MaxValue)).ParamName);
        var (two, three) = (new SessionState<SpokenStack>(2), new SessionState<SpokenStack>(3));
        SessionMisuseTests.Says(
            "SpokenStack carries no state 2 of layer 0; it carries 0 of 0 (h), 1 of 0 (c), 0 of 1 (h).", () => two.Values(0, 2));
        SessionMisuseTests.Says("carries no state 0 of layer 2", () => two.Values(2, 0));
        SessionMisuseTests.Says("Expected a stream from 0 to 1, got 2.", () => two.Values(0, 0, 2));
        SessionMisuseTests.Says("target: expected a state of 2 streams, got one of 3.", () => two.CopyTo(three));
        SessionMisuseTests.Says("Expected a stream from 0 to 1, got -1.", () => two.CopyStream(-1, three, 0));
        SessionMisuseTests.Says("Expected a stream from 0 to 2, got 3.", () => two.CopyStream(0, three, 3));
    }

    [Fact]
    public void A_fork_has_the_weights_of_its_origin_even_if_the_model_was_changed_since()
    {
        foreach (var batch in (int[])[1, 2])
        {
            var model = StreamInput<EmbeddedText>.Model();
            using var session = model.CreateSession(new() { BatchSize = batch, Weights = WeightFormat.BFloat16 });
            var input = new StreamInput<EmbeddedText>(9, seed: 4);
            input.Step(session, 0, 0, 4, new Random(1));
            using (var edit = model.Edit())
                edit.Parameters.Fill(0.25f);
            using var fork = session.Fork();
            var expected = input.Step(session, 0, 4, 5, new Random(2));
            Bits.AssertSame($"batch {batch}", expected, input.Step(fork, 0, 4, 5, new Random(2)));
            Assert.Equal(session.GetState(), fork.GetState());
        }
    }

    [Fact]
    public void A_fork_of_a_session_that_has_not_begun_begins_as_it_would()
    {
        using var session = StreamInput<LearnedStart>.Model().CreateSession(new() { BatchSize = 2, Threads = 2 });
        using var fork = session.Fork();
        Assert.Equal(session.GetState(), fork.GetState());
        Assert.Equal((2, true), (fork.BatchSize, fork.GetState().Values(1, 0).ContainsAnyExcept(0)));
    }

    private static SessionState<SpokenStack> Numbered(int batch)
    {
        var state = new SessionState<SpokenStack>(batch);
        var next = 1;
        foreach (var slot in SessionState<SpokenStack>.Slots)
        {
            foreach (ref var value in state.Values(slot.Layer, slot.State))
                value = next++;
        }

        return state;
    }
}
