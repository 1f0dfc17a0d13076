using FastRnn.Data;
using FastRnn.Samples.Common;
using FastRnn.Samples.Movements;

namespace FastRnn.Samples.Tests.Common;

/// <summary>What the frame does for a sample, with a sample that only counts.</summary>
public class SampleRunTests
{
    private static SampleRun Run(StringWriter output, CancellationToken interrupt, params string[] words)
    {
        var options = new Options(words, CommonOptions.All);
        return new SampleRun(new CommonOptions("count", options), options, output, isTerminal: false, interrupt);
    }

    /// <summary>Trains a small model, and says the learning rate of each step.</summary>
    private static List<float> Train(SampleRun run, Lesson lesson, Action<int>? beforeStep = null)
    {
        var (rates, x) = (new List<float>(), new float[PooledModel.Info.InputSize]);
        using var model = new PooledModel(seed: 1);
        using var trainer = model.CreateTrainer(new() { SequenceLength = 1, Threads = 1 });
        run.Train(trainer, new MadeBatches(batchSize: 1, Make), lesson);
        return rates;

        SequenceBatch Make(int number)
        {
            beforeStep?.Invoke(number);
            rates.Add(trainer.Options.Optimizer.LearningRate);
            return new() { X = x, TargetTokens = [0] };
        }
    }

    private static Lesson Lesson(int full, int quick) => new(full, quick, Peak: 1e-2, Last: 1e-4, "loss");

    [Theory]
    [InlineData(10)]
    [InlineData(3, "--quick")]
    [InlineData(5, "--steps", "5")]
    [InlineData(5, "--steps", "5", "--quick")]
    public void Training_makes_the_steps_that_were_asked_for(int expected, params string[] words)
    {
        using var output = new StringWriter();
        var run = Run(output, CancellationToken.None, words);
        Assert.Equal(expected, Train(run, Lesson(full: 10, quick: 3)).Count);
        Assert.Equal(expected, run.StepCount);
    }

    [Fact]
    public void A_budget_of_seconds_ends_training_and_is_shared()
    {
        using var output = new StringWriter();
        var run = Run(output, CancellationToken.None, "--seconds", "0.04");
        foreach (var share in new[] { 0.5, 0.5 })
        {
            var rates = Train(run, Lesson(full: 1, quick: 1) with { Share = share }, number => Thread.Sleep(number < 2 ? 3 : 0));
            Assert.True(rates.Zip(rates.Skip(1)).All(pair => pair.First > pair.Second));
            Assert.InRange(rates[^1], 1e-4f, 1e-2f);
        }

        Assert.True(run.TrainingSeconds >= 0.04);
    }

    [Fact]
    public void Ctrl_C_ends_training_after_the_step()
    {
        using var interrupt = new CancellationTokenSource();
        using var output = new StringWriter();
        var run = Run(output, interrupt.Token);
        Train(run, Lesson(full: 100, quick: 1), number =>
        {
            if (number == 6)
            {
                interrupt.Cancel();
            }
        });
        Assert.Equal(7, run.StepCount);
        Assert.Empty(Train(run, Lesson(full: 100, quick: 1)));
    }

    [Fact]
    public void The_cosine_falls_from_its_peak_until_it_is_enough()
    {
        using var output = new StringWriter();
        var run = Run(output, CancellationToken.None);
        var rates = Train(run, Lesson(full: 100, quick: 1));
        Assert.Equal(1e-2f, rates[0]);
        Assert.Equal((1e-2f + 1e-4f) / 2, rates[50], 1e-7f);
        Assert.True(rates.Zip(rates.Skip(1)).All(pair => pair.First > pair.Second));
        Assert.InRange(rates[^1], 1e-4f, 1.1e-4f);

        var asked = 0;
        var some = Train(run, Lesson(full: 100, quick: 1) with { Tell = _ => ++asked, IsEnough = told => told >= 4 });
        Assert.Equal(rates.Take(4), some);
        Assert.Equal(104, run.StepCount);
    }

    [Fact]
    public void A_goal_is_reached_or_missed_and_no_number_misses_it()
    {
        using var output = new StringWriter();
        var run = Run(output, CancellationToken.None);
        run.AtMost("error", 0.5, full: 0.5, quick: 0);
        run.AtLeast("accuracy", 0.5, full: 0.6, quick: 0);
        run.AtMost("nothing", double.NaN, full: 1, quick: 1);
        run.Tell("told", 3);
        Assert.Equal([true, false, false, true], run.Figures.Select(figure => figure.Reached));
        Assert.Contains("goal: at least 0.6: MISSED", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_short_version_less_is_asked()
    {
        using var output = new StringWriter();
        var run = Run(output, CancellationToken.None, "--quick");
        run.AtMost("error", 0.5, full: 0.1, quick: 0.6);
        Assert.True(run.Figures.Single().Reached);
    }

    [Fact]
    public void Who_watches_sees_one_line_that_changes()
    {
        using var output = new StringWriter();
        var progress = new Progress(output, isTerminal: true);
        progress.Show("a long line");
        progress.Show("short");
        progress.Clear();
        progress.Clear();
        Assert.Equal("\ra long line\rshort      \r     \r", output.ToString());
    }
}
