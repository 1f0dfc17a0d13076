namespace FastRnn.Compiler;

/// <summary>Names that become part of a text: nothing else does.</summary>
internal static class Name
{
    /// <summary>A class, with or without its namespace.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        return name.Split('.').All(IsIdentifier) ? name
            : throw new ArgumentException($"Expected the name of a class, letters, digits and underscores, got \"{name}\".", parameter);
    }

    /// <summary>A class of this program, as it stands in a text.</summary>
    /// <param name="type">The class.</param>
    /// <param name="parameter">The name of the argument that it is.</param>
    /// <param name="mark">What it is marked with.</param>
    /// <exception cref="ArgumentException">It is generic.</exception>
    public static string Of(Type type, string parameter, string mark)
    {
        ArgumentNullException.ThrowIfNull(type, parameter);
        return type.IsGenericType || type.FullName is null
            ? throw new ArgumentException($"Expected a class with {mark}, got {type}.", parameter)
            : "global::" + type.FullName.Replace('+', '.');
    }

    /// <summary>As it stands in a text: all words of the language are of small letters, and behind this sign they are names.</summary>
    public static string InText(string name) =>
        string.Join('.', name.Split('.').Select(part => part.All(char.IsAsciiLetterLower) ? "@" + part : part));

    private static bool IsIdentifier(string part) =>
        part.Length > 0 && !char.IsDigit(part[0]) && part.All(c => char.IsLetterOrDigit(c) || c == '_');
}
