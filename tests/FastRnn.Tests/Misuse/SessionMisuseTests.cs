using System.Numerics.Tensors;

using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Misuse;

public sealed class SessionMisuseTests : IDisposable
{
    private const int Batch = 2;

    private readonly LossOnTheCell vectors = new(seed: 1);
    private readonly EmbeddedText tokens = new(seed: 1);

    public void Dispose()
    {
        vectors.Dispose();
        tokens.Dispose();
    }

    [Fact]
    public void A_session_needs_a_model_a_row_and_no_negative_number_of_threads()
    {
        Assert.Throws<ArgumentNullException>(() => new Session<LossOnTheCell>(null!));
        Assert.Equal("options.BatchSize",
            Assert.Throws<ArgumentOutOfRangeException>(() => vectors.CreateSession(new() { BatchSize = 0 })).ParamName);
        Assert.Equal("options.BatchSize",
            Assert.Throws<ArgumentOutOfRangeException>(() => vectors.CreateSession(new() { BatchSize = -1 })).ParamName);
        Assert.Equal(
            "options.Threads", Assert.Throws<ArgumentOutOfRangeException>(() => vectors.CreateSession(new() { Threads = -1 })).ParamName);
    }

    [Fact]
    public void Spans_of_a_wrong_length_are_refused_with_both_lengths()
    {
        using var session = vectors.CreateSession(new() { BatchSize = Batch });
        var (x, y) = (new float[3 * Batch * 4], new float[3 * Batch * 5]);

        Says("x [B, I]: expected 8 elements, got 7.", () => session.Step(x.AsSpan(0, 7), y.AsSpan(0, 10)));
        Says("x [B, I]: expected 8 elements, got 24.", () => session.Step(x, y));
        Says("x [B, I]: expected 8 elements, got 0.", () => session.Step(ReadOnlySpan<float>.Empty, y.AsSpan(0, 10)));
        Says("y [B, O]: expected 10 elements, got 9.", () => session.Step(x.AsSpan(0, 8), y.AsSpan(0, 9)));
        Says("x [T, B, I]: expected a multiple of 8 elements, got 23.", () => session.Run(x.AsSpan(0, 23), y));
        Says("y [T, B, O]: expected 30 elements, got 29.", () => session.Run(x, y.AsSpan(0, 29)));
        Says("y [T, B, O]: expected 30 elements, got 0.", () => session.Run(x, []));
        Says("values [B, D]: expected 10 elements, got 9.", () => session.GetState(0, 0, new float[9]));
        Says("values [B, D]: expected 10 elements, got 11.", () => session.SetState(0, 0, new float[11]));
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_named_with_its_place()
    {
        using var session = tokens.CreateSession(new() { BatchSize = Batch });
        var y = new float[3 * Batch * 11];

        Says("Step 1, row 0: expected a token from 0 to 10, got 11.", () => session.Run([0, 10, 11, 0, 0, 0], y));
        Says("Step 2, row 1: expected a token from 0 to 10, got -1.", () => session.Run([0, 0, 0, 0, 0, -1], y));
        Says($"expected a token from 0 to 10, got {int.MinValue}.", () => session.Step([int.MinValue, 0], y.AsSpan(0, 22)));
        Says("tokens [T, B]: expected a multiple of 2 elements, got 3.", () => session.Run([0, 0, 0], y));
        Says("tokens [B]: expected 2 elements, got 1.", () => session.Step(0, y.AsSpan(0, 22)));
    }

    [Fact]
    public void The_wrong_kind_of_input_is_refused_with_advice()
    {
        using var numbers = vectors.CreateSession();
        using var labels = tokens.CreateSession();
        var y = new float[11];

        Says("LossOnTheCell reads vectors of 4 numbers, not tokens", () => numbers.Step(1, y));
        Says("write [1f, 2f, 3f] for a vector", () => numbers.Step([1, 2, 3, 4], y));
        Says("declare [Embedding] or [OneHot]", () => numbers.Run([1, 2], y));
        Says("EmbeddedText reads tokens (0 to 10), not vectors", () => labels.Step([1f], y));
        Says("pass integers", () => labels.Run([1f], y));
    }

    [Fact]
    public void A_state_that_does_not_exist_is_refused_with_those_that_do()
    {
        using var session = tokens.CreateSession();
        var values = new float[17];

        foreach (var (layer, state) in ((int, int)[])[(0, 2), (0, -1), (1, 0), (2, 0), (-1, 0)])
        {
            Says($"EmbeddedText has no state {state} of layer {layer}; recurrent layers: 0 (h, c).", () =>
                session.GetState(layer, state, values));
            Says($"EmbeddedText has no state {state} of layer {layer}", () => session.SetState(layer, state, values));
        }
    }

    [Fact]
    public void A_state_of_other_streams_is_refused_with_both_numbers_and_changes_nothing()
    {
        using var session = vectors.CreateSession(new() { BatchSize = Batch });
        session.Step(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, new float[10]);
        var (before, three) = (session.GetState(), new SessionState<LossOnTheCell>(3));

        Says("state: expected a state of 2 streams, got one of 3.", () => session.GetState(three));
        Says("state: expected a state of 2 streams, got one of 3.", () => session.SetState(three));
        Says("Expected a stream from 0 to 1, got 2.", () => session.Reset(2));
        Says("Expected a stream from 0 to 1, got -1.", () => session.Reset(-1));
        foreach (var act in (Action<int, int>[])[(stream, row) =>
            session.GetStream(stream, three, row), (stream, row) => session.SetStream(stream, three, row)])
        {
            Says("Expected a stream from 0 to 1, got 2. (Parameter 'stream')", () => act(2, 0));
            Says("Expected a stream from 0 to 1, got -1. (Parameter 'stream')", () => act(-1, 0));
            Says("Expected a stream from 0 to 2, got 3. (Parameter 'row')", () => act(0, 3));
            Says("Expected a stream from 0 to 2, got -2147483648. (Parameter 'row')", () => act(0, int.MinValue));
        }

        Assert.Throws<ArgumentNullException>(() => session.GetState(null!));
        Assert.Throws<ArgumentNullException>(() => session.SetState(null!));
        Assert.Throws<ArgumentNullException>(() => session.GetStream(0, null!));
        Assert.Throws<ArgumentNullException>(() => session.SetStream(0, null!));
        Assert.Equal(before, session.GetState());
        Assert.Equal(new SessionState<LossOnTheCell>(3), three);
    }

    [Fact]
    public void A_disposed_session_says_so()
    {
        var session = vectors.CreateSession(new() { BatchSize = Batch, Threads = 2 });
        session.Dispose();
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Step(new float[8], new float[10]));
        Assert.Throws<ObjectDisposedException>(() => session.Run(new float[8], new float[10]));
        Assert.Throws<ObjectDisposedException>(session.Reset);
        Assert.Throws<ObjectDisposedException>(() => session.GetState(0, 0, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => session.SetState(0, 0, new float[10]));
        var state = new SessionState<LossOnTheCell>(Batch);
        Assert.Throws<ObjectDisposedException>(() => session.Reset(0));
        Assert.Throws<ObjectDisposedException>(session.GetState);
        Assert.Throws<ObjectDisposedException>(() => session.GetState(state));
        Assert.Throws<ObjectDisposedException>(() => session.SetState(state));
        Assert.Throws<ObjectDisposedException>(() => session.GetStream(0, state));
        Assert.Throws<ObjectDisposedException>(() => session.SetStream(0, state));
        Assert.Throws<ObjectDisposedException>(session.Fork);
        Assert.Throws<ObjectDisposedException>(() =>
            session.Run(new ReadOnlyTensorSpan<float>(new float[8], [1, Batch, 4]), new TensorSpan<float>(new float[10], [1, Batch, 5])));

        var labels = tokens.CreateSession();
        labels.Dispose();
        Assert.Throws<ObjectDisposedException>(() => labels.Step(0, new float[11]));
        Assert.Throws<ObjectDisposedException>(() => labels.Run([0], new float[11]));
    }

    [Fact]
    public void What_was_refused_and_a_run_of_no_steps_leave_the_state_as_it_was()
    {
        using var session = tokens.CreateSession(new() { BatchSize = Batch });
        var y = new float[3 * Batch * 11];
        session.Run([1, 2, 3, 4, 5, 6], y);
        var (before, after) = (new float[Batch * 17], new float[Batch * 17]);
        session.GetState(0, 1, before);

        Assert.ThrowsAny<ArgumentException>(() => session.Run([0, 0, 0, 0, 0, 11], y));
        Assert.ThrowsAny<ArgumentException>(() => session.Run([0, 0, 0, 0], y));
        session.Run(ReadOnlySpan<int>.Empty, []);

        session.GetState(0, 1, after);
        Bits.AssertSame("state", before, after);
        Assert.Contains(before, value => value != 0);
    }

    [Fact]
    public void A_reset_session_is_a_new_one()
    {
        using var session = tokens.CreateSession(new() { BatchSize = Batch });
        var (first, again) = (new float[3 * Batch * 11], new float[3 * Batch * 11]);
        session.Run([1, 2, 3, 4, 5, 6], first);
        session.Reset();
        session.Run([1, 2, 3, 4, 5, 6], again);
        Bits.AssertSame("outputs", first, again);
    }

    internal static void Says(string message, Action action)
    {
        var exception = Record.Exception(action);
        Assert.True(exception is ArgumentException or InvalidOperationException, $"Expected a refusal, got {exception}");
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
