using System.Diagnostics;
using System.Globalization;

using FastRnn.Training;

namespace FastRnn.Samples.Common;

/// <summary>A lesson that goes on: its learning rate by the share that is done, of steps or of seconds, and one line that tells the
/// user.</summary>
internal sealed class LessonRun(Lesson lesson, int steps, double? seconds, Progress line, CancellationTokenSource end)
    : LearningRateSchedule, IProgress<TrainingProgress>
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Seconds so far.</summary>
    public double Seconds { get; private set; }

    /// <inheritdoc/>
    public override double At(long step) =>
        (float)(lesson.Last + (lesson.Peak - lesson.Last) * (1 + Math.Cos(Math.PI * DoneAfter(step))) / 2);

    public void Report(TrainingProgress value)
    {
        (Steps, Seconds) = (Steps + 1, Stopwatch.GetElapsedTime(start).TotalSeconds);
        var told = lesson.Tell(value.Result.LossPerPosition);
        if (line.IsDue)
        {
            var phase = lesson.Phase.Length == 0 ? "" : lesson.Phase + ": ";
            line.Show(string.Create(
                CultureInfo.InvariantCulture, $"{phase}{DoneAfter(Steps),6:p0}  step {Steps}  {lesson.What} {told:g4}"));
        }

        if (lesson.IsEnough(told) || Seconds >= seconds)
        {
            end.Cancel();
        }
    }

    private double DoneAfter(long step) => seconds is { } limit ? Seconds / limit : (double)step / steps;
}
