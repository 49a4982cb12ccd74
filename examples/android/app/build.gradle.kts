plugins {
    id("com.android.application")
    kotlin("android")
}

android {
    namespace = "com.example.app"
    compileSdk = 35
    defaultConfig {
        applicationId = "com.example.app"
        minSdk = 26 // java.util.Base64
        targetSdk = 35
    }
    sourceSets["main"].java.srcDir("../core")
}

dependencies {
    implementation("com.tencent.mm.opensdk:wechat-sdk-android:6.8.20")
}
