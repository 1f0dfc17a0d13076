using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Sequences of models that read more than the token that is fed back, or have several heads.</summary>
public sealed class FeedbackTests
{
    private const int Cap = 6;

    [Fact]
    public void What_stands_beside_the_token_is_read_in_every_step()
    {
        using var generator = new MixedTranslator(seed: 1).CreateGenerator(new() { BatchSize = 2, SourceLength = 2 });
        var feedback = new Feedback { Tokens = new[] { 9, 3, 9, 1 } };
        var (tokens, lengths) = (new int[2 * Cap], new int[2]);
        Start(generator);
        generator.Generate(4, -1, tokens, lengths, feedback: feedback);
        Assert.Equal([Cap, Cap], lengths);

        // The same step by step.
        Start(generator);
        int[] read = [4, 3, 4, 1];
        var y = new float[2 * 5];
        for (var t = 0; t < Cap; t++)
        {
            generator.Step(read, y);
            for (var b = 0; b < 2; b++)
            {
                Assert.Equal(Sampler.MostProbable(y.AsSpan(b * 5, 5)), tokens[(b * Cap) + t]);
                read[2 * b] = tokens[(b * Cap) + t];
            }
        }

        using var search = new BeamSearch<MixedTranslator>(
            new MixedTranslator(seed: 1), new() { Width = 1, SourceLength = 2, Feedback = new() { Tokens = new[] { 9, 3 } } });
        var found = Assert.Single(search.Search(new() { SourceX = [0.5f, -1, 1, 2], SourceTokens = [5, 0] }, 4, -1, Cap));
        Assert.Equal(tokens[..Cap], found.Tokens);

        static void Start(SequenceGenerator<MixedTranslator> generator) => generator.Start(
            new SequenceBatch { SourceX = [0.5f, -1, 1, 2, 0.5f, -1, 1, 2], SourceTokens = [5, 0, 5, 0], SourceLengths = [2, 2] });
    }

    [Fact]
    public void When_all_sequences_have_ended_no_step_is_taken_any_more()
    {
        var source = new SequenceBatch { SourceTokens = [1, 2, 3], SourceLengths = [3] };
        using var generator = new BeamTranslator(seed: 1).CreateGenerator(new() { BatchSize = 1, SourceLength = 3 });
        var (y, expected, weights) = (new float[4], new float[3], new float[3]);
        generator.Start(source);
        generator.Step([0], y);
        generator.GetAttention(0, expected);

        // Its first token ends it: where it looked last is where it looked in the first step.
        var (tokens, lengths) = (new int[Cap], new int[1]);
        generator.Start(source);
        generator.Generate(0, Sampler.MostProbable(y), tokens, lengths);
        generator.GetAttention(0, weights);
        Assert.Equal([0], lengths);
        Assert.Equal(expected, weights);
    }

    /// <summary>What the decoder of the paper reads a step late is a state of its sequence, as h and c are: beams exchange it.</summary>
    [Fact]
    public void What_is_fed_back_is_carried_with_the_states()
    {
        var slots = StateSlot.Of(FedTranslator.Info);
        Assert.Equal(["h", "c", "h", "c", "fed"], slots.Select(slot => slot.Name.Split('.')[^1]));
        Assert.Equal([4, 4, 4, 4, 18], slots.Select(slot => slot.Size));
        Assert.DoesNotContain(StateSlot.Of(BeamTranslator.Info), slot => slot.Name == "state.fed");
    }

    [Fact]
    public void The_head_that_classifies_says_the_next_token()
    {
        using var generator = new ThreeHeads(seed: 2).CreateGenerator(new() { BatchSize = 1, Threads = 1 });
        float[] x = [0.1f, 0.2f, -0.3f, 0.4f];
        var (tokens, lengths, y) = (new int[Cap], new int[1], new float[9]);
        var feedback = new Feedback { X = x, Tokens = new[] { 0, 2 } };
        generator.Start(default);
        generator.Generate(5, -1, tokens, lengths, feedback: feedback);
        generator.Start(default);
        for (var (t, token) = (0, 5); t < Cap; token = tokens[t++])
        {
            generator.Step(x, [token, 2], y);
            Assert.Equal(Sampler.MostProbable(y.AsSpan(3, 4)), tokens[t]);
        }

        Assert.Equal(0, OwnThread.LeastAllocated(
            () =>
            {
                generator.Start(default);
                generator.Generate(5, -1, tokens, lengths, feedback: feedback);
            },
            rounds: 20));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var generator = new ThreeHeads(seed: 2).CreateGenerator(new() { BatchSize = 1, Threads = 1 });
        generator.Start(default);
        var good = new Feedback { X = new float[4], Tokens = new int[2] };
        Refused<InvalidOperationException>("say with Feedback what steps read beside it, or use Step", null);
        Refused<ArgumentException>("Feedback.X [B, I]", good with { X = new float[3] });
        Refused<ArgumentException>("Feedback.Tokens [B, K]", good with { Tokens = new int[1] });
        Refused<ArgumentOutOfRangeException>("expected a token from 0 to 2, got 3", good with { Tokens = new[] { 0, 3 } });
        Refused<ArgumentOutOfRangeException>("Feedback.Input: ThreeHeads has inputs of tokens from 0 to 1.", good with { Input = 2 });
        Refused<InvalidOperationException>("puts out 4 numbers, but reads tokens from 0 to 2", good with { Input = 1 });
        Refused<ArgumentException>("has heads that classify: kind, got 'price'", good with { Head = "price" });
        generator.Generate(0, -1, new int[1], new int[1], feedback: good with { Head = "kind" });

        void Refused<TException>(string message, Feedback? feedback)
            where TException : Exception
        {
            var e = Assert.Throws<TException>(() => generator.Generate(0, -1, new int[1], new int[1], feedback: feedback));
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
        }
    }
}
