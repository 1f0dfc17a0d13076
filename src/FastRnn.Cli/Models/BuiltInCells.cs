using System.Reflection;

using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Cli.Models;

/// <summary>The cells of the library by the names that <c>--cell</c> takes: those of their classes in small letters.</summary>
internal static class BuiltInCells
{
    private static readonly Dictionary<string, Type> Types = typeof(Lstm).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(Lstm).Namespace && type.IsDefined(typeof(CellAttribute)))
        .ToDictionary(type => type.Name.ToLowerInvariant());

    /// <summary>Those that most models are made of come first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. new[] { "lstm", "gru", "elman" }.Union(Types.Keys.Order(StringComparer.Ordinal))];

    /// <summary>The name as it is stored; null if there is no such cell. Case, hyphens and underscores do not matter.</summary>
    public static string? Find(string name)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain == "mgu" ? nameof(MinimalGatedUnit).ToLowerInvariant() : Types.ContainsKey(plain) ? plain : null;
    }

    /// <summary>The class's name.</summary>
    public static string ClassName(string cell) => Types[cell].Name;

    /// <summary>The dimensions that a cell brings along besides its input and its units, in the order in which a layer gives their
    /// sizes.</summary>
    public static IReadOnlyList<string> Dimensions(string cell) =>
    [
        .. Types[cell].GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsGenericType)
            .SelectMany(field => field.FieldType.GetGenericArguments())
            .Where(dimension => dimension != typeof(Input) && dimension != typeof(Hidden)).Select(dimension => dimension.Name).Distinct(),
    ];
}
