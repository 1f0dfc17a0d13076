using System.Runtime.InteropServices;

namespace FastRnn.CompilerServices;

/// <summary>The number 12 as a type argument (<see cref="Count1"/>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 12)]
internal readonly struct Count12;
