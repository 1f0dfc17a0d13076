using System.Diagnostics;

using FastRnn.Cli.Folders;
using FastRnn.Cli.History;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Sampling;
using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Training;

namespace FastRnn.Cli.Training;

/// <summary>The loop: windows, steps, now and then a look at what was learned, and a checkpoint that continues with the same
/// bits.</summary>
internal sealed class TrainingRun<TModel> : IDisposable
    where TModel : class, IModel<TModel>, ITokenModel
{
    private const int Validations = 10;
    private const int Samples = 4;
    private const int SampleLength = 240;
    private const float SampleTemperature = 0.7f;

    /// <summary>From the begin to the first save: who kills a run after that has a model.</summary>
    private static readonly TimeSpan BeforeFirstSave = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMinutes(1);

    private readonly TrainingSetup setup;
    private readonly ITrainingProgress progress;
    private readonly TModel model;
    private readonly Adam optimizer;
    private readonly Trainer<TModel> trainer;
    private readonly ValidationLoss<TModel> validation;
    private readonly ContiguousStreams streams;
    private readonly int[] inputs;
    private readonly int[] targets;
    private readonly StepMeter meter = new();
    private readonly TrainingHistory history;
    private readonly double progressBefore;
    private readonly RunClock clock;
    private readonly long begin = Stopwatch.GetTimestamp();
    private long saved = Stopwatch.GetTimestamp();

    public TrainingRun(TModel model, TrainingSetup setup, ITrainingProgress progress)
    {
        this.model = model;
        this.setup = setup;
        this.progress = progress;
        var settings = setup.Settings;
        optimizer = new Adam(settings.LearningRate);
        trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = settings.BatchSize,
            SequenceLength = settings.SequenceLength,
            Optimizer = optimizer,
            ClipNorm = TrainingSettings.ClipNorm,
            Threads = setup.Threads,
            Ranks = setup.Ranks,
        });
        streams = new ContiguousStreams(setup.Text.Parts.Training, settings.BatchSize, settings.SequenceLength);
        inputs = new int[settings.BatchSize * settings.SequenceLength];
        targets = new int[inputs.Length];
        validation = new ValidationLoss<TModel>(model, setup.Text.Parts.Validation, settings.SequenceLength, setup.Threads);
        history = Restore();
        clock = new RunClock(setup.Ranks, setup.SecondsBefore);
        clock.Meet();
        progressBefore = Done;
    }

    /// <summary>When it was last measured.</summary>
    public double? LastValidationLoss { get; private set; }

    /// <summary>What went wrong, after <see cref="TrainingOutcome.Diverged"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether this run has written the model.</summary>
    public bool HasSaved { get; private set; }

    public StepMeter Meter => meter;

    public long Steps => trainer.StepCount;

    private double Done => setup.Plan.Progress(trainer.StepCount, clock.Seconds);

    /// <summary>Trains until the plan is done or pauses, the user has enough, or the loss is no number. A last state that is good is
    /// saved in any case; one that is not replaces nothing.</summary>
    public TrainingOutcome Run(CancellationToken interrupt)
    {
        var outcome = TrainingOutcome.Finished;
        while (Done < 1 && !(setup.Pause?.Progress(trainer.StepCount, clock.Seconds) >= 1))
        {
            if (clock.Decide(interrupt.IsCancellationRequested))
            {
                outcome = TrainingOutcome.Interrupted;
                break;
            }

            var before = Done;
            try
            {
                Step();
            }
            catch (NonFiniteLossException e)
            {
                SaveIfGood(e);
                return TrainingOutcome.Diverged;
            }

            clock.Meet();
            Look(before);
        }

        Save();
        if (outcome == TrainingOutcome.Finished)
        {
            Validate();
            progress.Mark(Status());
            history.AddSample(trainer.StepCount, Sample(SampleLength));
            SaveHistory();
        }

        return outcome;
    }

    /// <summary>A text that the model writes by itself; the same for the same weights and step.</summary>
    public string Sample(int length)
    {
        try
        {
            return Write(length);
        }
        catch (CommandException e)
        {
            // The next step will notice as well, and save what is good.
            return e.Message;
        }
    }

    private string Write(int length)
    {
        var bytes = new byte[length];
        using var stream = new ByteStream<TModel>(model, [], unchecked((int)trainer.StepCount), SampleTemperature);
        for (var i = 0; i < length; i++)
        {
            bytes[i] = stream.Next();
        }

        return PrintableText.Of(bytes);
    }

    public void Dispose()
    {
        validation.Dispose();
        trainer.Dispose();
    }

    private void Step()
    {
        optimizer.LearningRate = LearningRateSchedule.At(setup.Settings.LearningRate, setup.Plan, trainer.StepCount, clock.Seconds);
        var position = streams.Position;
        var steps = streams.Next(inputs, targets, out var beginsEpoch);
        if (beginsEpoch)
            trainer.ResetState();

        var positions = steps * streams.BatchSize;
        meter.BeginStep();
        try
        {
            var result = trainer.Step(inputs.AsSpan(0, positions), targets.AsSpan(0, positions));
            meter.EndStep(positions, result.LossPerPosition);
            GradientNorm = result.GradientNorm;
            history.Add(trainer.StepCount, result.LossPerPosition, result.GradientNorm, optimizer.LearningRate, meter.LastBytesPerSecond);
        }
        catch (NonFiniteLossException e)
        {
            // The same window again, with a look at every number.
            Problem = e.ParametersAreLost
                ? e.Message : $"{e.Message} {trainer.Explain(inputs.AsSpan(0, positions), targets.AsSpan(0, positions)).Message}";
            streams.Position = position;
            throw;
        }
    }

    private double GradientNorm { get; set; }

    private void Look(double before)
    {
        var now = Done;
        if (Passes(Validations))
        {
            Validate();
            progress.Mark(Status());
        }
        else
        {
            progress.Step(Status());
        }

        if (Passes(Samples))
        {
            var sample = Sample(SampleLength);
            progress.Sample(sample);
            history.AddSample(trainer.StepCount, sample);
        }

        if (clock.Decide(Stopwatch.GetElapsedTime(saved) > (HasSaved ? BetweenSaves : BeforeFirstSave)))
        {
            Save();
        }

        // The end has a look of its own.
        bool Passes(int parts) => now < 1 && Math.Floor(now * parts) > Math.Floor(before * parts);
    }

    private void Validate()
    {
        var loss = validation.Measure();
        LastValidationLoss = double.IsFinite(loss) ? loss : null;
        if (LastValidationLoss is { } finite)
            history.AddValidation(trainer.StepCount, finite);
    }

    private TrainingStatus Status()
    {
        var done = Done;
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var remaining = done > progressBefore ? elapsed * ((1 - done) / (done - progressBefore)) : TimeSpan.Zero;
        return new TrainingStatus(
            trainer.StepCount, done, meter.Loss ?? double.NaN, LastValidationLoss, GradientNorm, meter.BytesPerSecond, remaining);
    }

    private TrainingHistory Restore()
    {
        if (setup.Resume is not { } folder)
        {
            return new TrainingHistory();
        }

        trainer.Restore(folder.TrainerPath);
        if (setup.Before!.TextHash == setup.Text.Hash)
        {
            streams.Position = setup.Before.Position;
        }
        else
        {
            progress.Note($"The text is another one than before: reading it from its begin.");
        }

        return TrainingHistory.Read(folder.HistoryPath, trainer.StepCount, progress);
    }

    /// <summary>After a divergence: the parameters may be finite and yet good for nothing. The loss on text that is not learned
    /// tells.</summary>
    private void SaveIfGood(NonFiniteLossException failure)
    {
        if (failure.ParametersAreLost)
            return;

        Validate();
        if (LastValidationLoss is not null)
            Save();
    }

    private void Save()
    {
        var texts = new RunTexts(
            setup.Settings, setup.Plan, clock.Seconds, trainer.StepCount, streams.Position, setup.Text.Path, setup.Text.Hash,
            ModelConfiguration.Of(setup.Model, TModel.Info).Text()).ToMetadata();
        var isModelSaved = false;
        try
        {
            // The smaller file first: where the disk has no room for both, the model is there. Each of them is whole by itself: a run that
            // is taken up again reads the trainer's alone, and ends with the same bits from whichever save it is.
            if (setup.Ranks.Writes())
                setup.Out.Save(model, setup.Model, texts);

            isModelSaved = HasSaved = true;
            trainer.Save(setup.Out.TrainerPath, texts);
        }
        catch (ArgumentException e)
        {
            var kept = isModelSaved ? $"the model was saved, and {setup.Out.TrainerPath} is as before" : $"{setup.Out.Path} is as before";
            throw new CommandException($"training diverged; {kept}: {e.Message}", ExitCodes.Diverged);
        }

        saved = Stopwatch.GetTimestamp();
        SaveHistory();
    }

    private void SaveHistory()
    {
        if (setup.Ranks.Writes())
        {
            history.Save(setup.Out.HistoryPath, setup.Out.PagePath, new TrainingFacts(
                setup.Text.Name, setup.Settings.Cell, TModel.Info.ParameterCount, setup.Settings.BatchSize, setup.Settings.SequenceLength,
                TrainingSettings.ClipNorm, Problem));
        }
    }
}
