using System.Globalization;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Diagnostics;

/// <summary>A diagnostic as data.</summary>
/// <param name="Id">The descriptor's id.</param>
/// <param name="Place">Where in the class.</param>
/// <param name="Arguments">What the message's placeholders say.</param>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments)
{
    public bool IsError => Descriptors.ById(Id).DefaultSeverity == DiagnosticSeverity.Error;

    public string Message => string.Format(
        CultureInfo.InvariantCulture, Descriptors.ById(Id).MessageFormat.ToString(CultureInfo.InvariantCulture),
        Arguments.ToArray<object>());

    public static Problem Of(DiagnosticDescriptor descriptor, Place place, params string[] arguments) =>
        new(descriptor.Id, place, new EquatableArray<string>(arguments));
}
