using System.Xml.Linq;

namespace FastRnn.Repository.Tests.Native;

/// <summary>What the native compiler says that it put into a program.</summary>
internal static class NativeMap
{
    /// <summary>For a build: writes the map among what the build leaves.</summary>
    public const string Option = "-p:IlcGenerateMapFile=true";

    /// <summary>The methods that pack int8 weights, round vectors, or multiply them. How weights of an assembly lie
    /// (<c>Int8Layout</c>) and how a file is written (<c>Int8Rounding</c>) is known to every program that reads or saves.</summary>
    /// <param name="folder">Where the map is, at any depth.</param>
    public static IReadOnlyList<string> Int8Methods(string folder)
    {
        var map = XDocument.Load(Directory.GetFiles(folder, "*.map.xml", SearchOption.AllDirectories).Single());
        var methods = map.Descendants("MethodCode").Select(method => method.Attribute("Name")!.Value).ToList();
        Assert.Contains(methods, name => name.Contains("FastRnn_CompilerServices_", StringComparison.Ordinal));
        return
        [
            .. methods.Where(name =>
                name.Contains("CompilerServices_Int8", StringComparison.Ordinal)
                && !name.Contains("CompilerServices_Int8Layout", StringComparison.Ordinal)
                && !name.Contains("CompilerServices_Int8Rounding", StringComparison.Ordinal)
                || name.Contains("Int8Weights", StringComparison.Ordinal) || name.Contains("ForwardInt8", StringComparison.Ordinal)),
        ];
    }
}
