using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Gradients;

/// <summary>Sixty steps on a sentence that goes round: what comes next depends on letters that are several steps away.</summary>
public sealed class LearnedTextTests
{
    private const string Text = "the cat sat on the hat; ";
    private const int Steps = 24;
    private const int Batch = 8;

    // Without the gradient that comes back from the next step an LSTM would stop at 0.012, a GRU at 0.24.
    [Fact]
    public void An_embedded_lstm_learns_a_sentence() =>
        Learn<EmbeddedText>(() => new EmbeddedText(seed: 1), bound: 0.003);

    [Fact]
    public void A_one_hot_gru_learns_a_sentence() =>
        Learn<OneHotText>(() => new OneHotText(seed: 1), bound: 0.2);

    private static void Learn<TModel>(Func<TModel> create, double bound)
        where TModel : class, IModel<TModel>
    {
        var one = Train(create(), threads: 1);
        var three = Train(create(), threads: 3);

        Assert.Equal(Math.Log(TModel.Info.OutputSize), one[0], 0.5);
        Assert.InRange(one[^1], 0, bound);
        Assert.Equal(one.Select(BitConverter.DoubleToInt64Bits), three.Select(BitConverter.DoubleToInt64Bits));
    }

    /// <summary>Each row of the batch reads the sentence from another letter on.</summary>
    private static List<double> Train<TModel>(TModel model, int threads)
        where TModel : class, IModel<TModel>
    {
        var letters = Text.Distinct().Order().ToList();
        int[] At(int step) => [.. from t in Enumerable.Range(step * Steps, Steps)
                                  from row in Enumerable.Range(0, Batch)
                                  select letters.IndexOf(Text[(t + 3 * row) % Text.Length])];
        int[] Next(int step) => [.. from t in Enumerable.Range(step * Steps + 1, Steps)
                                    from row in Enumerable.Range(0, Batch)
                                    select letters.IndexOf(Text[(t + 3 * row) % Text.Length])];
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = Batch,
            SequenceLength = Steps,
            Optimizer = new Adam(0.03f),
            ClipNorm = 1,
            Threads = threads,
        });
        return [.. Enumerable.Range(0, 60).Select(step => trainer.Step(At(step), Next(step)).LossPerPosition)];
    }
}
