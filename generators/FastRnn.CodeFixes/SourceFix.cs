using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FastRnn.CodeFixes;

/// <summary>A fix that changes one file: from a diagnostic to another syntax tree, or to nothing where it cannot know what was
/// meant.</summary>
public abstract class SourceFix : CodeFixProvider
{
    // What the generator found stands in an analyzer's diagnostic of this id, under the key "Id".
    private const string Fixable = "FRNN099";
    private readonly ImmutableArray<string> ids;

    private protected SourceFix(params string[] ids) => this.ids = [.. ids];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => ids.Add(Fixable);

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var id = diagnostic.Id == Fixable && diagnostic.Properties.TryGetValue("Id", out var found) ? found : diagnostic.Id;
            if (root is not null && id is not null && ids.Contains(id) && root.FullSpan.Contains(diagnostic.Location.SourceSpan)
                && Propose(root, diagnostic) is var (title, changed))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ =>
                        Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: GetType().Name), diagnostic);
            }
        }
    }

    /// <summary>What the fix is called and makes of the file; null for no fix.</summary>
    private protected abstract (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>The innermost node of a kind at a diagnostic, or around it.</summary>
    private protected static T? At<T>(SyntaxNode root, Diagnostic diagnostic)
        where T : SyntaxNode =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();
}
