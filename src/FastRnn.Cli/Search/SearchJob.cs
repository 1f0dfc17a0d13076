using System.Text.Json;

using FastRnn.Cli.Corpus;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Report;
using FastRnn.Cli.Tables;
using FastRnn.Cli.Training;

namespace FastRnn.Cli.Search;

/// <summary>A search from its headline to its last line.</summary>
internal static class SearchJob
{
    /// <summary>The page in the folder of the best model.</summary>
    public const string PageName = "search.html";

    /// <summary>Searches, saves the best model and the page.</summary>
    /// <exception cref="CommandException">Something is wrong with the text, a cell or a folder; or all candidates diverged.</exception>
    public static int Run(SearchRequest request, Terminal terminal)
    {
        var file = request.File is { Length: > 0 } path ? Path.GetFullPath(path) : null;
        var text = TrainingText.Read(file, request.BatchSize, request.SequenceLength);
        using var run = new SearchRun(request, text, terminal);
        var folder = new ModelFolder(request.Out);
        TableFiles.Keep(folder.Path);
        foreach (var code in run.Candidates.Select(candidate => candidate.Model.Code).Distinct())
            folder.PrepareForWriting(code);
        var page = new PageFile(Path.Combine(folder.Path, PageName));
        page.CheckWritable();

        terminal.Line(text.Headline);
        var (batch, length) = (request.BatchSize, request.SequenceLength);
        terminal.Line($"search {run.Candidates.Count} candidates by successive halving, seed {request.Seed}, {batch} streams of {length}");
        terminal.Line($"plan   {Budget(request)} in all, the best saved in {folder.Path}; Ctrl-C saves the best so far");
        var outcome = run.Run();
        var ranked = Candidate.Rank(run.Candidates);
        var best = ranked[0] is { IsSaved: true, HasDiverged: false } first ? first : null;
        best?.Folder.CopyTo(folder);
        page.Write(SearchPage.Of(ranked, text.Name, run.Plan, best));
        Table(ranked, terminal);
        if (best is not null)
        {
            terminal.Line($"Best:   {best.Title}; saved in {folder.Path}, curves in {Path.Combine(folder.Path, PageName)}");
            terminal.Line($"Next:   {NextCommand.Sample(folder.Path, text)}");
            terminal.Line($"Go on:  {NextCommand.Prefix} train --resume {NextCommand.Quote(folder.Path)}");
        }

        if (request.Json)
        {
            var report = new SearchReport(
                outcome.ToString().ToLowerInvariant(), [.. ranked.Select(CandidateReport.Of)], best is null ? null : folder.Path);
            terminal.Lines.WriteLine(JsonSerializer.Serialize(report, JsonTexts.Default.SearchReport));
        }

        return outcome switch
        {
            TrainingOutcome.Finished => ExitCodes.Success,
            TrainingOutcome.Interrupted => ExitCodes.Interrupted,
            _ => throw new CommandException(
                $"all candidates diverged; nothing was saved in {folder.Path}; --learning-rate chooses other ones", ExitCodes.Diverged),
        };
    }

    private static string Budget(SearchRequest request) => string.Join(" or ", new[]
    {
        request.Steps is { } steps ? FormattableString.Invariant($"{steps:n0} steps") : null,
        request.Seconds is { } seconds ? FormattableString.Invariant($"{seconds:0.#} seconds") : null,
        request is { Steps: null, Seconds: null } ? FormattableString.Invariant($"{TrainingPlan.DefaultSeconds:0.#} seconds") : null,
    }.OfType<string>());

    private static void Table(IReadOnlyList<Candidate> ranked, Terminal terminal)
    {
        terminal.Line($"");
        terminal.Line($"{"validation",10} {"rounds",7} {"steps",8} {"parameters",12} {"characters/s",13}  model");
        foreach (var c in ranked)
        {
            var loss = c.HasDiverged ? "diverged" : c.Loss is { } measured ? FormattableString.Invariant($"{measured:f3}") : "-";
            terminal.Line($"{loss,10} {c.Rounds,7} {c.Steps,8:n0} {c.Parameters,12:n0} {c.BytesPerSecond,13:n0}  {c.Title}");
        }

        terminal.Line($"");
    }
}
