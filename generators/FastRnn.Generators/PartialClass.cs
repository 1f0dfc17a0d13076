namespace FastRnn.Generators;

/// <summary>What the other half of a partial class must repeat. Identifiers are escaped where C# wants it.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Name">The class's name, escaped.</param>
/// <param name="PlainName">The class's name as messages say it.</param>
/// <param name="ContainingTypes">Declarations around the class, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="ContainingNames">Their names, escaped.</param>
/// <param name="Accessibility">As the class says it, such as <c>public</c>.</param>
/// <param name="IsReachable">Whether code outside the containing types can name the class.</param>
internal sealed record PartialClass(
    string Namespace,
    string Name,
    string PlainName,
    EquatableArray<string> ContainingTypes,
    EquatableArray<string> ContainingNames,
    string Accessibility,
    bool IsReachable)
{
    /// <summary>The fully qualified name without <c>global::</c>.</summary>
    public string FullName { get; } = string.Join(
        ".", (Namespace.Length == 0 ? [] : new[] { Namespace }).Concat(ContainingNames).Concat([Name]));
}
