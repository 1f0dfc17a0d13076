using System.Text.Json;

using FastRnn.Cli.Folders;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Report;
using FastRnn.Files;

namespace FastRnn.Cli.History;

/// <summary>The curves of a run, from its first step on, however often it was broken and taken up. When there are too many points, two
/// become one.</summary>
internal sealed class TrainingHistory
{
    private const int MostPoints = 1000;
    private const int MostSamples = 12;
    private const int LargestFile = 1 << 24;

    private readonly List<HistoryPoint> points = new(MostPoints);
    private readonly List<HistoryLoss> validations = [];
    private readonly List<HistorySample> samples = [];
    private readonly List<HistoryPoint> open = [];
    private long stride = 1;

    /// <summary>One for each <see cref="HistoryFile.Stride"/> steps.</summary>
    public IReadOnlyList<HistoryPoint> Points => points;

    public IReadOnlyList<HistoryLoss> Validations => validations;

    public IReadOnlyList<HistorySample> Samples => samples;

    /// <summary>The history of a run that goes on after <paramref name="step"/>: what was written down later did not happen. A file that is
    /// damaged costs the curves, not the run.</summary>
    public static TrainingHistory Read(string path, long step, ITrainingProgress progress)
    {
        var history = new TrainingHistory();
        if (!File.Exists(path))
        {
            return history;
        }

        try
        {
            using var file = RegularFile.Open(path);
            var bytes = new byte[Math.Min(file.Length, LargestFile + 1)];
            file.ReadExactly(bytes);
            var json = bytes.Length > LargestFile ? null : SealedText.Open(bytes);
            var read = json is null ? null : JsonSerializer.Deserialize(json, JsonTexts.Default.HistoryFile);
            if ((bytes.Length > LargestFile ? "too long"
                : json is null ? "damaged: the hash is not that of what follows it"
                : read is null ? "empty"
                : read.Problem()) is { } problem)
            {
                progress.Note($"{path}: {problem}: the curves of the report begin anew.");
                return history;
            }

            history.stride = read!.Stride;
            history.points.AddRange(read.Points!.OfType<HistoryPoint>().Where(p => p.Step <= step));
            history.validations.AddRange(read.Validations!.OfType<HistoryLoss>().Where(v => v.Step <= step));
            history.samples.AddRange(read.Samples!.OfType<HistorySample>().Where(s => s.Step <= step));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            progress.Note($"{path}: damaged: {e.Message}: the curves of the report begin anew.");
        }

        return history;
    }

    /// <summary>A history to look at; without curves if there is none, or if it is damaged.</summary>
    public static TrainingHistory Peek(string path) => Read(path, long.MaxValue, new SilentProgress());

    /// <summary>A step was made.</summary>
    public void Add(long step, double loss, double gradientNorm, double learningRate, double bytesPerSecond)
    {
        open.Add(new HistoryPoint(step, loss, gradientNorm, gradientNorm, learningRate, bytesPerSecond));
        if (open.Count >= stride)
        {
            Close();
        }
    }

    public void AddValidation(long step, double loss) => validations.Add(new HistoryLoss(step, loss));

    /// <summary>A sample; when there are too many every second one goes, but for the first.</summary>
    public void AddSample(long step, string text)
    {
        if (samples.Count >= MostSamples)
        {
            var kept = samples.Where((_, i) => i % 2 == 0).ToList();
            samples.Clear();
            samples.AddRange(kept);
        }

        samples.Add(new HistorySample(step, text));
    }

    /// <summary>Writes both files, each as a whole or not at all.</summary>
    public void Save(string path, string page, TrainingFacts facts)
    {
        Close();
        var file = new HistoryFile
        {
            FormatVersion = HistoryFile.CurrentVersion,
            Stride = stride,
            Points = points,
            Validations = validations,
            Samples = samples,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(file, JsonTexts.Default.HistoryFile);
        AtomicFile.Write(path, stream => stream.Write(SealedText.Seal(json)));
        new PageFile(page).Write(TrainingPage.Of(this, facts));
    }

    private void Close()
    {
        if (open.Count > 0)
        {
            points.Add(Merge(open));
            open.Clear();
        }

        if (points.Count >= MostPoints)
        {
            var merged = points.Chunk(2).Select(Merge).ToList();
            points.Clear();
            points.AddRange(merged);
            stride *= 2;
        }
    }

    private static HistoryPoint Merge(IReadOnlyList<HistoryPoint> parts) => new(
        parts[^1].Step,
        parts.Average(p => p.Loss),
        parts.Average(p => p.GradientNorm),
        parts.Max(p => p.LargestNorm),
        parts[^1].LearningRate,
        parts.Average(p => p.BytesPerSecond));
}
