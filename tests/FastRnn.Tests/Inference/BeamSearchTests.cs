using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Beam search against all sequences there are, each put out step by step.</summary>
public sealed class BeamSearchTests
{
    private const int Start = 0, End = 1, Cap = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(1.5)]
    [InlineData(10)]
    public void A_wide_search_finds_the_best_of_all_sequences(double penalty) => FindsTheBest(seed => new BeamTranslator(seed), penalty);

    [Fact]
    public void Beginnings_go_on_with_what_each_of_them_feeds_back() => FindsTheBest(seed => new FedTranslator(seed), 0.6);

    private static void FindsTheBest<TModel>(Func<int, TModel> create, double penalty)
        where TModel : class, IModel<TModel>
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var model = create(seed);
            Sharpen(model);
            int[] source = [2, 3, 1, 2];
            var all = All(model, source, penalty);
            using var search = new BeamSearch<TModel>(model, new() { Width = 81, LengthPenalty = penalty, SourceLength = 6 });
            var found = search.Search(new SequenceBatch { SourceTokens = source }, Start, End, Cap);
            Assert.Equal(81, found.Count);
            for (var i = 0; i < found.Count; i++)
            {
                Assert.Equal(all[i].Score, found[i].Score, 1e-6);
                Assert.Equal(all[i].Log, found[i].LogProbability, 1e-6);
            }

            Assert.Equal(all[0].Tokens, found[0].Tokens);
            Assert.Equal(all[0].Ended, found[0].HasEnded);

            // Narrow ones find some of them, in their order, with their probabilities.
            using var narrow = new BeamSearch<TModel>(model, new() { Width = 3, LengthPenalty = penalty, SourceLength = 6 });
            var some = narrow.Search(new SequenceBatch { SourceTokens = source }, Start, End, Cap);
            Assert.Equal(3, some.Count);
            Assert.Equal(some.OrderByDescending(h => h.Score), some);
            Assert.All(some, h => Assert.Equal(all.Single(a => a.Tokens.SequenceEqual(h.Tokens) && a.Ended == h.HasEnded).Log,
                h.LogProbability, 1e-6));
        }
    }

    [Fact]
    public void A_search_of_one_is_greedy_and_another_start_is_another_search()
    {
        var model = new BeamTranslator(3);
        Sharpen(model);
        using var search = new BeamSearch<BeamTranslator>(model, new() { Width = 1, SourceLength = 6 });
        using var generator = model.CreateGenerator(new() { BatchSize = 1, SourceLength = 6 });
        foreach (int[] source in (int[][])[[1, 2], [3, 3, 3], [1], [1, 2]])
        {
            var (tokens, lengths) = (new int[6], new int[1]);
            generator.Start(new SequenceBatch { SourceTokens = source, SourceLengths = [source.Length] });
            generator.Generate(Start, -1, tokens, lengths);
            var found = search.Search(new SequenceBatch { SourceTokens = source }, Start, -1, 6);
            Assert.Equal(tokens, Assert.Single(found).Tokens);
            Assert.False(found[0].HasEnded);
        }
    }

    [Fact]
    public void Results_depend_on_no_thread()
    {
        var model = new BeamTranslator(4);
        Sharpen(model);
        using var one = new BeamSearch<BeamTranslator>(model, new() { Width = 5, SourceLength = 6, Threads = 1 });
        using var three = new BeamSearch<BeamTranslator>(model, new() { Width = 5, SourceLength = 6, Threads = 3 });
        int[] source = [3, 2, 2, 1, 3];
        var a = one.Search(new() { SourceTokens = source }, Start, End, 9);
        var b = three.Search(new() { SourceTokens = source }, Start, End, 9);
        Assert.Equal(a.Select(h => (h.LogProbability, h.Score)), b.Select(h => (h.LogProbability, h.Score)));
        Assert.Equal(a.SelectMany(h => h.Tokens), b.SelectMany(h => h.Tokens));
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        var model = new BeamTranslator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch<BeamTranslator>(model, new() { Width = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch<BeamTranslator>(model, new() { LengthPenalty = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch<BeamTranslator>(model, new() { LengthPenalty = 10.01 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearch<BeamTranslator>(model, new() { LengthPenalty = -0.01 }));
        using var search = new BeamSearch<BeamTranslator>(model, new() { Width = 2, SourceLength = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(new() { SourceTokens = [1] }, Start, End, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(new() { SourceTokens = [1] }, 9, End, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(new() { SourceTokens = [1] }, Start, 4, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(new() { SourceTokens = [7] }, Start, End, 2));
        Assert.Throws<ArgumentException>(() => search.Search(new() { SourceTokens = [1, 1, 1, 1] }, Start, End, 2));
        Assert.Throws<ArgumentException>(() => search.Search(new() { SourceTokens = [1, 1], SourceLengths = [1, 1] }, Start, End, 2));
        Assert.Throws<ArgumentException>(() => search.Search(new() { SourceTokens = [1], Tokens = [1] }, Start, End, 2));
        Assert.Throws<InvalidOperationException>(() => new BeamSearch<LossOnTheCell>(new LossOnTheCell(1)));
    }

    private static void Sharpen<TModel>(TModel model)
        where TModel : class, IModel<TModel>
    {
        using var edit = model.Store.Edit();
        foreach (ref var parameter in edit.Parameters)
            parameter *= 3;
    }

    /// <summary>Every sequence of the three other tokens that ends before the cap, and every one that reaches it.</summary>
    private static List<(int[] Tokens, double Log, double Score, bool Ended)> All<TModel>(TModel model, int[] source, double penalty)
        where TModel : class, IModel<TModel>
    {
        using var generator = new SequenceGenerator<TModel>(model, new() { BatchSize = 1, SourceLength = 6 });
        var all = new List<(int[] Tokens, double Log, double Score, bool Ended)>();
        Follow([], 0);
        return [.. all.OrderByDescending(found => found.Score)];

        void Follow(int[] tokens, double log)
        {
            if (tokens.Length == Cap)
            {
                all.Add((tokens, log, Score(log, Cap), false));
                return;
            }

            generator.Start(new SequenceBatch { SourceTokens = source, SourceLengths = [source.Length] });
            var y = new float[TModel.Info.OutputSize];
            foreach (var token in (int[])[Start, .. tokens])
                generator.Step([token], y);
            var norm = Math.Log(y.Sum(v => Math.Exp(v)));
            for (var next = 0; next < y.Length; next++)
            {
                if (next == End)
                    all.Add((tokens, log + y[next] - norm, Score(log + y[next] - norm, tokens.Length), true));
                else
                    Follow([.. tokens, next], log + y[next] - norm);
            }
        }

        double Score(double log, int count) => log / Math.Pow((5.0 + count) / 6, penalty);
    }
}
