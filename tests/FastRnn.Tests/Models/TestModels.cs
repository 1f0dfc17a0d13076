using System.Reflection;

namespace FastRnn.Tests.Models;

/// <summary>Every model that this assembly declares as a chain of layers: what is declared is tested. <see cref="StructuredModels"/> has the others.</summary>
internal static class TestModels
{
    private static readonly Dictionary<string, ITestModel> ByName = Find();

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those that can be trained.</summary>
    public static IReadOnlyList<string> WithLoss { get; } = [.. Names.Where(name => ByName[name].Info.Loss != LossKind.None)];

    public static ITestModel Of(string name) => ByName[name];

    private static Dictionary<string, ITestModel> Find() => typeof(TestModels).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<ModelAttribute>() is not null)
        .Select(type => (ITestModel)Activator.CreateInstance(typeof(TestModel<>).MakeGenericType(type))!)
        .Where(model => !model.Info.IsWired)
        .ToDictionary(model => model.Name, StringComparer.Ordinal);
}
