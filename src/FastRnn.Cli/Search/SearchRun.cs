using FastRnn.Cli.Corpus;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Training;
using FastRnn.Files;

namespace FastRnn.Cli.Search;

/// <summary>Trains candidates by turns, all with the same seed and the same windows in the same order, and drops the worse half after each
/// round.</summary>
internal sealed class SearchRun : IDisposable
{
    private readonly SearchRequest request;
    private readonly Terminal terminal;
    private readonly TrainingText text;
    private readonly Heartbeat heartbeat = new();
    private readonly string root;

    /// <exception cref="CommandException">There is no such text, cell or folder, or the budget is too small.</exception>
    public SearchRun(SearchRequest request, TrainingText text, Terminal terminal)
    {
        (this.request, this.text, this.terminal) = (request, text, terminal);
        var models = request.Models.Select(model => model.Resolve())
            .SelectMany(model => request.LearningRates.Select(rate => (Model: model, Rate: rate))).ToList();
        var budget = new TrainingPlan(request.Steps, request.Seconds);
        Plan = new(models.Count, budget is (null, null) ? TrainingPlan.Default : budget);

        // Nothing can be wrong any more: what is made now is deleted in the end.
        root = Directory.CreateTempSubdirectory("fastrnn-search-").FullName;
        Candidates = [.. models.Select((c, i) => new Candidate(i + 1, c.Model, c.Rate, Folder(i + 1)))];
    }

    public IReadOnlyList<Candidate> Candidates { get; }

    public HalvingPlan Plan { get; }

    /// <summary>All rounds, or until Ctrl-C.</summary>
    public TrainingOutcome Run()
    {
        var left = Candidates;
        for (var round = 0; round < Plan.Rounds.Count; round++)
        {
            var (count, until) = Plan.Rounds[round];
            left = [.. Candidate.Rank(left).Take(count).Where(candidate => !candidate.HasDiverged).OrderBy(candidate => candidate.Number)];
            if (left.Count == 0)
                return TrainingOutcome.Diverged;
            var limit = until.Steps is { } steps ? FormattableString.Invariant($"step {steps:n0}")
                : FormattableString.Invariant($"{until.Seconds:0.#} seconds of its own");
            terminal.Line($"round {round + 1} of {Plan.Rounds.Count}: {left.Count} candidates, each to {limit}");
            foreach (var candidate in left)
            {
                if (Turn(candidate, until) == TrainingOutcome.Interrupted)
                    return TrainingOutcome.Interrupted;
            }
        }

        return Candidates.All(candidate => candidate.HasDiverged) ? TrainingOutcome.Diverged : TrainingOutcome.Finished;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private ModelFolder Folder(int number) => new(Path.Combine(root, FormattableString.Invariant($"{number}")));

    private TrainingOutcome Turn(Candidate candidate, TrainingPlan until)
    {
        if (terminal.Interrupt.IsCancellationRequested)
            return TrainingOutcome.Interrupted;
        Directory.CreateDirectory(candidate.Folder.Path);
        var before = candidate.Rounds == 0 ? null
            : RunTexts.FromMetadata(ModelFile.ReadMetadata(candidate.Folder.TrainerPath), candidate.Folder.TrainerPath);
        var setup = new TrainingSetup(
            candidate.Model,
            new(candidate.Model.Cell, request.Seed, request.BatchSize, request.SequenceLength, candidate.LearningRate),
            Plan.Whole, before?.Seconds ?? 0, text, request.Threads, candidate.Folder, before is null ? null : candidate.Folder, before)
        {
            Pause = until,
        };
        var progress = new CandidateProgress(terminal, heartbeat);
        var outcome = ByteModels.Run(
            candidate.Model, new CandidateTask(candidate, setup, progress, terminal.Interrupt),
            candidate.Rounds == 0 ? terminal.Error : null);
        var loss = candidate.Loss is { } measured ? FormattableString.Invariant($"{measured:f3}") : "-";
        var state = outcome == TrainingOutcome.Finished ? "" : $"  {outcome.ToString().ToLowerInvariant()}";
        heartbeat.Beat();
        terminal.Line($"{candidate.Number,4}  step {candidate.Steps,6:n0}  validation {loss,6}  {candidate.Title}{state}");
        return outcome;
    }
}
