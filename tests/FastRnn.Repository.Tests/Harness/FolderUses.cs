using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Repository.Tests.Harness;

/// <summary>Which folder's code names which other folder's, as the compiler understands it: usings, qualified names, and members reached
/// through a variable alike. Comments do not count.</summary>
internal static class FolderUses
{
    /// <summary>For each pair of different folders below <paramref name="root"/>, the places. Files of the root itself are the folder
    /// <c>""</c>.</summary>
    public static ILookup<(string From, string To), string> Of(CSharpCompilation compilation, string root)
    {
        var uses =
            from tree in compilation.SyntaxTrees.AsParallel()
            where IsBelow(root, tree.FilePath)
            let model = compilation.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let to = FolderOf(model.GetSymbolInfo(name).Symbol, root)
            let @from = Folder(root, tree.FilePath)
            where to is not null && to != @from
            select (Pair: (@from, to), Place: $"{tree.FilePath}({name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {name}");
        return uses.ToLookup(use => use.Pair, use => use.Place);
    }

    /// <summary>The first folder of a path below a root.</summary>
    public static string Folder(string root, string path)
    {
        var rest = path[(root.Length + 1)..];
        return rest.Contains('/', StringComparison.Ordinal) ? rest[..rest.IndexOf('/', StringComparison.Ordinal)] : "";
    }

    private static string? FolderOf(ISymbol? symbol, string root)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        var path =
            type?.OriginalDefinition.DeclaringSyntaxReferences.Select(r => r.SyntaxTree.FilePath).FirstOrDefault(p => IsBelow(root, p));
        return path is null ? null : Folder(root, path);
    }

    private static bool IsBelow(string root, string path) => path.StartsWith(root + "/", StringComparison.Ordinal);
}
