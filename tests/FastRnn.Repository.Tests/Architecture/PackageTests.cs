using System.Xml.Linq;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>What the projects depend on.</summary>
public class PackageTests
{
    private const string Templates = "src/FastRnn.Templates/content/";

    /// <summary>Those of the repository: what a template makes is a project of somebody else.</summary>
    private static readonly string[] Projects = [.. Checkout.Files
        .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith(Templates, StringComparison.Ordinal))];

    [Fact]
    public void The_runtime_depends_on_System_Numerics_Tensors_alone()
    {
        var project = XDocument.Parse(Checkout.Read("src/FastRnn/FastRnn.csproj"));

        Assert.Equal(["System.Numerics.Tensors"], project.Descendants("PackageReference").Select(r => (string?)r.Attribute("Include")));
        Assert.All(project.Descendants("ProjectReference"), r => Assert.Equal("false", (string?)r.Attribute("ReferenceOutputAssembly")));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Fact]
    public void What_was_built_depends_on_the_framework_and_that_package_alone() => Assert.All(
        typeof(CellAttribute).Assembly.GetReferencedAssemblies(), name =>
            Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void Versions_stand_in_one_file()
    {
        Assert.NotEmpty(Projects);
        Findings.None(
            from file in Projects
            from reference in XDocument.Parse(Checkout.Read(file)).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.HasElements
            select $"{file}: {reference}");
    }

    /// <summary>But for peers of the benchmarks: their packages are hundreds of megabytes, which only the comparison wants.</summary>
    [Fact]
    public void The_solution_has_every_project()
    {
        var solution = Checkout.Read("FastRnn.sln").Replace('\\', '/');
        var projects = Projects.Where(project => !project.StartsWith("benchmarks/peers/", StringComparison.Ordinal));
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }
}
