using System.Reflection;

using FastRnn.Compiler.Cache;

namespace FastRnn.Compiler;

/// <summary>How a declaration is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>The folder for caches of the user who runs this process: <c>fastrnn</c> in <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>, on
    /// Windows in the folder for local data; empty if there is none.</summary>
    public static string DefaultCacheFolder => ImageCache.DefaultFolder;

    /// <summary>Where compiled declarations are kept, or null for nowhere. The folder is made if it is not there; what cannot be read or
    /// written there costs the time that it would have saved, and no more. Its files are loaded as code: who can write there can run
    /// programs as this user.</summary>
    public string? CacheFolder { get; init; } = DefaultCacheFolder;

    /// <summary>The class of the model, with or without its namespace. Needed where a text declares several.</summary>
    public string? Model { get; init; }

    /// <summary>What diagnostics call the text.</summary>
    public string Path { get; init; } = "declaration.cs";

    /// <summary>The vectors for which kernels are compiled; results do not depend on it.</summary>
    public SimdWidth Width { get; init; } = SimdWidth.Auto;

    /// <summary>Assemblies with cells that the text names; FastRnn and its cells are there in any case. One that is no compiled assembly
    /// with metadata, such as one made by reflection, is refused by an <see cref="ArgumentException"/>.</summary>
    public IReadOnlyList<Assembly> References { get; init; } = [];
}
