/* Stands in for CUDA's libraries where there is no GPU, so that ONNX Runtime's CUDA provider loads and can be asked which
   nodes of a graph it takes. Device memory is the computer's; kernels are not run; every call succeeds.
   Built by build/cuda-check.sh. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SUCCESS 0

static int dummy[64];

static int handle(void **result)
{
    *result = dummy;
    return SUCCESS;
}

/* Runtime. */
int cudaGetDeviceCount(int *count) { *count = 1; return SUCCESS; }
int cudaGetDevice(int *device) { *device = 0; return SUCCESS; }
int cudaDriverGetVersion(int *version) { *version = 13000; return SUCCESS; }
int cudaRuntimeGetVersion(int *version) { *version = 13000; return SUCCESS; }
int cudaDeviceGetAttribute(int *value, int attribute, int device) { (void)attribute; (void)device; *value = 64; return SUCCESS; }
int cudaMemGetInfo(size_t *left, size_t *total) { *left = *total = (size_t)8 << 30; return SUCCESS; }
const char *cudaGetErrorName(int error) { (void)error; return "stub"; }
const char *cudaGetErrorString(int error) { (void)error; return "stub"; }

/* cudaDeviceProp: total memory at 288, warp size at 308, threads of a block at 320, compute capability at 360. */
int cudaGetDeviceProperties(void *properties, int device)
{
    char *bytes = properties;
    (void)device;
    memset(bytes, 0, 700);
    strcpy(bytes, "stub");
    *(size_t *)(bytes + 288) = (size_t)8 << 30;
    *(size_t *)(bytes + 296) = 48 << 10;
    *(int *)(bytes + 308) = 32;
    *(int *)(bytes + 320) = 1024;
    *(int *)(bytes + 360) = 9;
    *(int *)(bytes + 364) = 0;
    return SUCCESS;
}

int cudaMalloc(void **memory, size_t size) { *memory = malloc(size + 256); return *memory ? SUCCESS : 2; }
int cudaMallocHost(void **memory, size_t size) { return cudaMalloc(memory, size); }
int cudaHostAlloc(void **memory, size_t size, unsigned flags) { (void)flags; return cudaMalloc(memory, size); }
int cudaFree(void *memory) { free(memory); return SUCCESS; }
int cudaFreeHost(void *memory) { free(memory); return SUCCESS; }
int cudaMemcpy(void *to, const void *from, size_t size, int kind) { (void)kind; memcpy(to, from, size); return SUCCESS; }
int cudaMemcpyAsync(void *to, const void *from, size_t size, int kind, void *stream) { (void)stream; return cudaMemcpy(to, from, size, kind); }
int cudaMemset(void *to, int value, size_t size) { memset(to, value, size); return SUCCESS; }
int cudaMemsetAsync(void *to, int value, size_t size, void *stream) { (void)stream; return cudaMemset(to, value, size); }
int cudaStreamCreate(void **stream) { return handle(stream); }
int cudaStreamCreateWithFlags(void **stream, unsigned flags) { (void)flags; return handle(stream); }
int cudaStreamIsCapturing(void *stream, int *status) { (void)stream; *status = 0; return SUCCESS; }
int cudaEventCreate(void **event) { return handle(event); }
int cudaEventCreateWithFlags(void **event, unsigned flags) { (void)flags; return handle(event); }
void **__cudaRegisterFatBinary(void *binary) { (void)binary; return (void **)dummy; }

/* cuBLAS. */
int cublasCreate_v2(void **result) { return handle(result); }
int cublasLtCreate(void **result) { return handle(result); }
const char *cublasGetStatusName(int status) { (void)status; return "stub"; }
const char *cublasGetStatusString(int status) { (void)status; return "stub"; }

/* Driver. */
int cuInit(unsigned flags) { (void)flags; return SUCCESS; }
int cuDriverGetVersion(int *version) { return cudaDriverGetVersion(version); }
int cuDeviceGetCount(int *count) { return cudaGetDeviceCount(count); }
int cuDeviceGet(int *device, int index) { *device = index; return SUCCESS; }
int cuDeviceGetName(char *name, int length, int device) { (void)device; strncpy(name, "stub", length); return SUCCESS; }
