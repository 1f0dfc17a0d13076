using System.Collections.Immutable;

using FastRnn.CodeFixes;
using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Tests.CodeFixes;

/// <summary>An editor without windows: a document, what generator and analyzers say about it, and the fixes for it.</summary>
internal sealed class FixCase : IDisposable
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [new FixableAnalyzer(), new LifetimeAnalyzer(), new LoopAllocationAnalyzer()];

    private readonly AdhocWorkspace workspace = new();
    private readonly DocumentId document;

    private FixCase(CSharpCompilation like, string source)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Test", "Test", LanguageNames.CSharp,
            compilationOptions: like.Options, parseOptions: Compile.ParseOptions, metadataReferences: like.References);
        document = DocumentId.CreateNewId(project.Id);
        workspace.AddSolution(SolutionInfo.Create(SolutionId.CreateNewId(), VersionStamp.Default, projects:
        [
            project.WithDocuments([DocumentInfo.Create(
                document, "0.cs", filePath: "0.cs",
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(source), VersionStamp.Default)))]),
        ]));
    }

    private Document Document => workspace.CurrentSolution.GetDocument(document)!;

    public void Dispose() => workspace.Dispose();

    /// <summary>Asserts that a fix makes one source of another, after which the diagnostic is gone and all compiles.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="id">What is fixed.</param>
    /// <param name="before">A source, after the usual usings.</param>
    /// <param name="after">What becomes of it.</param>
    /// <param name="title">What the fix is called, if that is asked.</param>
    public static Task Turns(SourceFix fix, string id, string before, string after, string? title = null) =>
        Turns(fix, id, Compile.Library(before), Compile.Usings + before, Compile.Usings + after, title);

    /// <summary>As the other, for a whole program in a given compilation.</summary>
    public static async Task Turns(SourceFix fix, string id, CSharpCompilation like, string before, string after, string? title = null)
    {
        using var old = new FixCase(like, before);
        var diagnostics = await old.Diagnose();
        var action = Assert.Single(await old.Actions(fix, diagnostics.First(d => Id(d) == id)));
        Assert.Equal(fix.GetType().Name, action.EquivalenceKey);
        Assert.Equal(title ?? action.Title, action.Title);
        var changed = await old.Apply(action);
        Assert.Equal(after, changed);
        await IsRight(like, id, changed);
    }

    /// <summary>Asserts that all of a document is fixed at once.</summary>
    public static async Task TurnsAll(SourceFix fix, string id, string before, string after)
    {
        var like = Compile.Library(before);
        using var old = new FixCase(like, Compile.Usings + before);
        var diagnostics = await old.Diagnose();
        var context = new FixAllContext(
            old.Document, fix, FixAllScope.Document, fix.GetType().Name, fix.FixableDiagnosticIds, new Known(diagnostics),
            CancellationToken.None);
        var action = await fix.GetFixAllProvider().GetFixAsync(context);
        var changed = await old.Apply(action!);
        Assert.Equal(Compile.Usings + after, changed);
        await IsRight(like, id, changed);
    }

    /// <summary>Asserts that there is something to fix, and no fix.</summary>
    public static async Task HasNone(SourceFix fix, string id, string source)
    {
        using var old = new FixCase(Compile.Library(source), Compile.Usings + source);
        var found = (await old.Diagnose()).Where(d => Id(d) == id).ToList();
        Assert.NotEmpty(found);
        foreach (var diagnostic in found)
        {
            Assert.Empty(await old.Actions(fix, diagnostic));
        }
    }

    private static async Task IsRight(CSharpCompilation like, string id, string source)
    {
        using var changed = new FixCase(like, source);
        var left = await changed.Diagnose();
        Assert.DoesNotContain(id, left.Select(Id));
        Assert.DoesNotContain(left, d => d.Severity == DiagnosticSeverity.Error);
    }

    private static string Id(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue("Id", out var id) ? id! : diagnostic.Id;

    // What an editor has: the compiler's and the analyzers' words. Those of the generator reach no code fix.
    private async Task<IReadOnlyList<Diagnostic>> Diagnose()
    {
        var compilation = await Document.Project.GetCompilationAsync();
        Compile.Driver(track: false, widths: Compile.OneWidth)
            .RunGeneratorsAndUpdateCompilation(compilation!, out var whole, out var generator);
        var analyzers = await whole.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(generator.Select(d => (d.Id, d.Location.SourceSpan)).Order(),
            analyzers.Where(d => d.Id == "FRNN099").Select(d => (Id(d), d.Location.SourceSpan)).Order());
        return [.. analyzers,
            .. whole.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree?.FilePath == "0.cs")];
    }

    private async Task<IReadOnlyList<CodeAction>> Actions(SourceFix fix, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        Assert.Contains(diagnostic.Id, fix.FixableDiagnosticIds);
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(Document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private async Task<string> Apply(CodeAction action)
    {
        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None)));
        return (await operation.ChangedSolution.GetDocument(document)!.GetTextAsync()).ToString();
    }

    private sealed class Known(IEnumerable<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics);
    }
}
