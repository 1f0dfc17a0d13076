using System.Globalization;

using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Samples.Common;

/// <summary>One run of a sample: what the user asked for, and what comes out.</summary>
internal sealed class SampleRun(CommonOptions common, Options options, TextWriter output, bool isTerminal, CancellationToken interrupt)
{
    private readonly List<Figure> figures = [];
    private readonly Progress progress = new(output, isTerminal);

    /// <summary>The sample's own options.</summary>
    public Options Options { get; } = options;

    /// <summary>Of data and first weights.</summary>
    public int Seed => common.Seed;

    /// <summary>Whether this is the short version, which tests run: less data, fewer steps, a modest goal.</summary>
    public bool Quick => common.Quick;

    /// <summary>Ctrl-C. <see cref="Train"/> ends by itself then; a long loop of another kind asks for it.</summary>
    public CancellationToken Interrupt { get; } = interrupt;

    /// <summary>Steps of training so far.</summary>
    public int StepCount { get; private set; }

    /// <summary>Seconds in <see cref="Train"/> so far.</summary>
    public double TrainingSeconds { get; private set; }

    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>A number for the full version or the short one.</summary>
    public int Pick(int full, int quick) => Quick ? quick : full;

    /// <summary>Trains for so many steps, or as <c>--steps</c> or <c>--seconds</c> say, or until Ctrl-C.</summary>
    /// <param name="trainer">A new one.</param>
    /// <param name="batches">What it reads.</param>
    /// <param name="lesson">How long, how fast, and what is told.</param>
    public void Train<TModel>(Trainer<TModel> trainer, IBatchSource batches, Lesson lesson)
        where TModel : class, IModel<TModel>
    {
        if (Interrupt.IsCancellationRequested)
        {
            return;
        }

        var seconds = common.Seconds * lesson.Share;
        var steps = common.Steps ?? (seconds is null ? Pick(lesson.Full, lesson.Quick) : int.MaxValue);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Interrupt);
        var run = new LessonRun(lesson, steps, seconds, progress, end);
        trainer.CreateLoop(batches, new() { Steps = steps, Schedule = run }).Run(run, end.Token);
        StepCount += run.Steps;
        TrainingSeconds += run.Seconds;
        progress.Clear();
    }

    /// <summary>The folder for the sample's files. To be opened before training: what cannot be written is then said at once.</summary>
    /// <param name="names">The files that will be written into the folder.</param>
    /// <exception cref="SampleException">They cannot be written there.</exception>
    public OutputFolder OpenOutput(params IEnumerable<string> names) => new(common.Out, names);

    /// <summary>A line.</summary>
    public void Say(FormattableString text)
    {
        progress.Clear();
        output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A number worth telling.</summary>
    public void Tell(string name, double value, string format = "g4") => Add(name, value, format, null, true);

    /// <summary>A number that should be small.</summary>
    public void AtMost(string name, double value, double full, double quick, string format = "g4") =>
        Add(name, value, format, "at most", value <= (Quick ? quick : full), Quick ? quick : full);

    /// <summary>A number that should be large.</summary>
    public void AtLeast(string name, double value, double full, double quick, string format = "g4") =>
        Add(name, value, format, "at least", value >= (Quick ? quick : full), Quick ? quick : full);

    private void Add(string name, double value, string format, string? bound, bool reached, double goal = 0)
    {
        var text = bound is null ? null : $"{bound} {goal.ToString(format, CultureInfo.InvariantCulture)}";
        figures.Add(new Figure(name, value, format, text, reached));
        var verdict = text is null ? "" : $"   goal: {text}: {(reached ? "reached" : "MISSED")}";
        Say($"{name}: {value.ToString(format, CultureInfo.InvariantCulture)}{verdict}");
    }
}
