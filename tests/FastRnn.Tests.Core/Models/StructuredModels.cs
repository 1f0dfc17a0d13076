namespace FastRnn.Tests.Models;

/// <summary>Every model whose batches of sequences are tested: graphs, and chains that read ragged batches all the same.</summary>
internal static class StructuredModels
{
    private static readonly Dictionary<string, (Type Type, IStructuredModel Model)> ByName = TestAssemblies.Models
        .Where(type => type.Has(TestTraits.Sequences))
        .Select(type => (Type: type, Model: (IStructuredModel)TestAssemblies.MakeFor(typeof(StructuredModel<>), type)))
        .ToDictionary(pair => pair.Model.Info.Name, StringComparer.Ordinal);

    public static IEnumerable<string> NamesOf<TModels>()
        where TModels : IModelSet => ByName.Keys.Where(name => TestAssemblies.IsIn<TModels>(ByName[name].Type));

    public static bool Contains(string name) => ByName.ContainsKey(name);

    public static IStructuredModel Of(string name) => ByName[name].Model;

    public static IStateRun StatesOf(string name) => (IStateRun)TestAssemblies.MakeFor(typeof(StateRun<>), ByName[name].Type);

    public static bool Has(string name, TestTraits trait) => ByName[name].Type.Has(trait);
}
